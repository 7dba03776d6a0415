package org.implicitdl.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files of models: what they share, and what is said of those that are damaged. */
class ModelFileTest {
    private static final int SIZE = 40;

    @TempDir
    private Path folder;

    private Path file;
    private ImplicitModel model;

    @BeforeEach
    void drawAModelWhoseStepsShareTheirWeights() {
        Nd4j.getRandom().setSeed(11);
        LinearOperator w =
                DenseOperator.copyOf(Nd4j.rand(DataType.FLOAT, SIZE, SIZE).subi(0.5));
        LinearOperator none = new ZeroOperator(SIZE, SIZE);
        // W is in three places, and its transpose, a view of the same numbers, in one.
        model = ImplicitModel.of(
                BlockOperator.of(
                        List.of(List.of(none, w, w.transpose()), List.of(none, none, w), List.of(none, none, none))),
                BlockOperator.of(List.of(List.of(none), List.of(none), List.of(w))),
                BlockOperator.of(List.of(List.of(w, none, none))),
                none,
                Offset.zero(3 * SIZE),
                Offset.repeated(Nd4j.rand(DataType.FLOAT, SIZE / 2, 1), 2),
                Activations.tanh());
        file = folder.resolve("model.zip");
        ModelFile.save(model, file);
    }

    @Test
    void aStoredModelComputesTheSameToTheLastBit() {
        INDArray u = Nd4j.rand(DataType.FLOAT, SIZE, 5);
        assertThat(ModelFile.load(file).output(u)).isEqualTo(model.output(u));
    }

    @Test
    void sharedWeightsAreStoredOnceAndSharedAgain() throws IOException {
        long numbers = SIZE * SIZE + SIZE / 2;
        assertThat(Files.size(file)).isBetween(4 * numbers, 4 * numbers + 3000);

        BlockOperator a = (BlockOperator) ModelFile.load(file).a();
        assertThat(a.block(0, 1)).isSameAs(a.block(1, 2));
        INDArray w = ((DenseOperator) a.block(0, 1)).matrix();
        INDArray transposed = ((DenseOperator) a.block(0, 2)).matrix();
        assertThat(transposed.data().address()).isEqualTo(w.data().address());
        assertThat(transposed).isEqualTo(w.transpose());
    }

    @Test
    void biasesThatRepeatNumbersStillDo() {
        ImplicitModel read = ModelFile.load(file);
        assertThat(read.shift().parameterCount()).isEqualTo(SIZE / 2);
        assertThat(read.bias().isZero()).isTrue();
        assertThat(read.outputBias(DataType.FLOAT)).isEqualTo(model.outputBias(DataType.FLOAT));
        assertThat(read.dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "PKnothing");
        assertThat(ModelFile.isOne(text)).isFalse();
        assertRefused(text, "notes.txt", "holds no implicit model");
        Path zip = rewritten(Map.of("coefficients.bin", new byte[8]));
        assertThat(ModelFile.isOne(zip)).isFalse();
        assertRefused(zip, "holds no implicit model", "model.json");
        assertThat(ModelFile.isOne(file)).isTrue();
    }

    @Test
    void aMissingFileIsNamed() {
        assertRefused(folder.resolve("none.zip"), "none.zip", "no file");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {whole.length - 1, whole.length / 2, 100}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file, "model.zip", "damaged or truncated");
            assertThat(ModelFile.isOne(file)).isTrue();
        }
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int weights = whole.length / 2;
        whole[weights] ^= 1;
        Files.write(file, whole);
        assertRefused(file, "model.zip", "damaged", "checksum of weights.bin");
    }

    @Test
    void weightsOfAnotherLengthAreRefused() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.computeIfPresent("weights.bin", (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 4));
        assertRefused(rewritten(entries), "damaged", "not as long");
    }

    @Test
    void aDocumentThatContradictsItselfIsRefused() throws IOException {
        for (String change : new String[] {"\"shape\":[40,40]->\"shape\":[40,41]", "\"c\":->\"c\":9", "blocks->fog"}) {
            assertRefused(edited(change), "damaged");
        }
    }

    @Test
    void aNewerVersionIsRefusedWhateverItHolds() throws IOException {
        assertRefused(edited("\"version\":2->\"version\":3,\"news\":[]"), "version 3", "up to 2", "update");
    }

    @Test
    void aModelOfTheFirstVersionIsRead() throws IOException {
        INDArray u = Nd4j.rand(DataType.FLOAT, SIZE, 5);
        assertThat(ModelFile.load(edited("\"version\":2->\"version\":1")).output(u))
                .isEqualTo(model.output(u));
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        Map<String, byte[]> entries = entries();
        byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
        System.arraycopy(nan, 0, entries.get("weights.bin"), 8, nan.length);
        Path changed = rewritten(entries);
        assertThatThrownBy(() -> ModelFile.load(changed))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("changed.zip")
                .hasMessageContaining("number 2 of array 0 is NaN");
    }

    @Test
    void aModelWithoutNumbersIsNotWrittenAndTheOlderFileStays() throws IOException {
        byte[] before = Files.readAllBytes(file);
        ImplicitModel broken = ImplicitModel.of(
                new ZeroOperator(1, 1),
                DenseOperator.viewOf(Nd4j.createFromArray(new double[][] {{Double.POSITIVE_INFINITY}})),
                new ZeroOperator(1, 1),
                new ZeroOperator(1, 1),
                Activations.relu());
        assertThatThrownBy(() -> ModelFile.save(broken, file))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("Infinity");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        Path nowhere = folder.resolve("missing/model.zip");
        assertThatThrownBy(() -> ModelFile.save(model, nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(nowhere.toString());
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> ModelFile.load(path))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContainingAll(parts);
    }

    private Path edited(String change) throws IOException {
        String[] parts = change.split("->");
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get("model.json"), StandardCharsets.UTF_8);
        assertThat(json).contains(parts[0]);
        entries.put(
                "model.json",
                json.replaceFirst(Pattern.quote(parts[0]), parts[1]).getBytes(StandardCharsets.UTF_8));
        return rewritten(entries);
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String name : new String[] {"model.json", "weights.bin"}) {
                entries.put(name, zip.getInputStream(zip.getEntry(name)).readAllBytes());
            }
        }
        return entries;
    }

    /** A zip whose checksums are right. */
    private Path rewritten(Map<String, byte[]> entries) throws IOException {
        Path path = folder.resolve("changed.zip");
        try (OutputStream stream = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return path;
    }
}
