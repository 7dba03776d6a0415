package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.implicitdl.zoo.convert.KerasFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code implicit convert} for h5 files, good ones and others. */
class KerasCommandsTest {
    private Terminal terminal;

    @TempDir
    private Path temporary;

    @BeforeEach
    void open() {
        terminal = new Terminal(temporary);
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

    private Path samples(int numbers) throws IOException {
        String line = IntStream.range(0, numbers)
                .mapToObj(i -> String.valueOf(0.1 * i - 1))
                .collect(Collectors.joining(","));
        return Files.writeString(temporary.resolve("samples.csv"), line + "\n" + line + "\n");
    }

    @Test
    void aSequentialModelIsConvertedComparedAndWritten() throws IOException {
        Path implicit = temporary.resolve("implicit.zip");
        terminal.assertDone(
                terminal.convert(written(), "--check", samples(20).toString(), "--out", implicit.toString()),
                "On 2 test samples the outputs differ by ",
                "dense: 3");
        assertThat(implicit).exists();
    }

    @Test
    void samplesOfAnotherSizeAreRefused() throws IOException {
        terminal.assertRefused(
                terminal.convert(written(), "--check", samples(21).toString()),
                "[samples, 20] for",
                "grid [4, 5], channels last",
                "[2, 21]");
    }

    @Test
    void aLayerThatTheImportDoesNotKnowIsNamed() {
        List<String> layers = List.of(
                KerasFile.LAYERS.get(0),
                KerasFile.layer("MultiHeadAttention", "attention", "\"num_heads\": 2"),
                KerasFile.LAYERS.get(2),
                KerasFile.LAYERS.get(3));
        terminal.assertRefused(terminal.convert(written(layers, Nd4j.zeros(3))), "model.h5", "MultiHeadAttention");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        terminal.assertRefused(terminal.convert(written(KerasFile.LAYERS, Nd4j.valueArrayOf(3, Float.NaN))), "NaN");
    }

    @Test
    void anH5FileThatIsNoModelIsRefused() {
        Path file = temporary.resolve("table.h5");
        KerasFile.writeNothing(file);
        terminal.assertRefused(terminal.convert(file), "table.h5", "no Keras model", "model_config");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.95, 0.5, 0.1, 0.02})
    void aTruncatedFileIsRefused(double share) throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
        terminal.assertRefused(terminal.convert(file), "model.h5", "Keras", "truncated");
    }
}
