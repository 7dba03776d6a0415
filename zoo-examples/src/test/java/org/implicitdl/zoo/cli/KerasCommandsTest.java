package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.zoo.convert.KerasFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code implicit convert} for h5 files, good ones and others. */
class KerasCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private int convert(Path model, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "convert",
                                model.toString(),
                                "--report",
                                results().toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        return CommandLineRunner.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path results() {
        return temporary.resolve("results");
    }

    private Path written(List<String> layers, INDArray bias) {
        Path file = temporary.resolve("model.h5");
        KerasFile.write(
                file,
                layers,
                Map.of(
                        "conv", Map.of("kernel", Nd4j.linspace(-1, 1, 12).reshape(2, 3, 1, 2), "bias", Nd4j.zeros(2)),
                        "dense", Map.of("kernel", Nd4j.linspace(-2, 1, 24).reshape(8, 3), "bias", bias)));
        return file;
    }

    private Path written() {
        return written(KerasFile.LAYERS, Nd4j.zeros(3));
    }

    private void assertRefused(int code, String... parts) {
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(parts);
        assertThat(results()).doesNotExist();
    }

    private Path samples(int numbers) throws IOException {
        String line = IntStream.range(0, numbers)
                .mapToObj(i -> String.valueOf(0.1 * i - 1))
                .collect(Collectors.joining(","));
        return Files.writeString(temporary.resolve("samples.csv"), line + "\n" + line + "\n");
    }

    @Test
    void aSequentialModelIsConvertedComparedAndWritten() throws IOException {
        Path implicit = temporary.resolve("implicit.zip");
        assertThat(convert(written(), "--check", samples(20).toString(), "--out", implicit.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("On 2 test samples the outputs differ by ", "dense: 3");
        assertThat(implicit).exists();
    }

    @Test
    void samplesOfAnotherSizeAreRefused() throws IOException {
        assertRefused(
                convert(written(), "--check", samples(21).toString()),
                "21 numbers",
                "takes 20",
                "grid [4, 5], channels last");
    }

    @Test
    void aLayerThatTheImportDoesNotKnowIsNamed() {
        List<String> layers = List.of(
                KerasFile.LAYERS.get(0),
                KerasFile.layer("MultiHeadAttention", "attention", "\"num_heads\": 2"),
                KerasFile.LAYERS.get(2),
                KerasFile.LAYERS.get(3));
        assertRefused(convert(written(layers, Nd4j.zeros(3))), "model.h5", "MultiHeadAttention");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        assertRefused(convert(written(KerasFile.LAYERS, Nd4j.valueArrayOf(3, Float.NaN))), "NaN");
    }

    @Test
    void anH5FileThatIsNoModelIsRefused() {
        Path file = temporary.resolve("table.h5");
        KerasFile.writeNothing(file);
        assertRefused(convert(file), "table.h5", "no Keras model", "model_config");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.95, 0.5, 0.1, 0.02})
    void aTruncatedFileIsRefused(double share) throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
        assertRefused(convert(file), "model.h5", "Keras", "truncated");
    }
}
