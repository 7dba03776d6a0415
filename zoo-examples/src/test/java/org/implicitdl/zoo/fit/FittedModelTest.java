package org.implicitdl.zoo.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.SchemaOptions;
import org.implicitdl.zoo.table.TableData;
import org.implicitdl.zoo.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

class FittedModelTest {
    private static final NetworkShape DENSE = new HiddenLayers(List.of(5), Activation.TANH);
    private static final NetworkShape IMPLICIT = new ImplicitStates(5, Activation.RELU);
    private static final TrainerSettings BCD = BcdSettings.withDefaults().withSweeps(2);

    @TempDir
    private Path folder;

    /** A table with missing numbers and categories, and names that need quotes. */
    private static TableData mixed() {
        String[] lines = Stream.concat(
                        Stream.of("\"size, \"\"inner\"\"\",color,\"what, é\""),
                        Stream.iterate(0, i -> i + 1)
                                .limit(40)
                                .map(i -> (i % 7 == 0 ? "" : String.valueOf(0.1 * i * i)) + ","
                                        + List.of("red", "", "blue").get(i % 3) + "," + (i < 20 ? "\"a, b\"" : "c")))
                .toArray(String[]::new);
        return TableData.of(Tables.of(lines), SchemaOptions.label("what, é"));
    }

    private static FittedModel fit(TableData data, NetworkShape shape, TrainerSettings trainer) {
        return TableFit.run(new FitSettings(trainer, shape, 3), data, data.holdingOut(0.25, 3), Progress.none())
                .model();
    }

    private Path save(FittedModel model) {
        return model.save("model.zip", OutputFolder.open(folder));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(mixed(), DENSE, BCD),
                Arguments.of(mixed(), IMPLICIT, new BackPropagationSettings(new Adam(0.01), 2, 8)),
                Arguments.of(NamedTable.IRIS.data(), DENSE, BCD),
                Arguments.of(NamedTable.DIABETES.data(), DENSE, BCD),
                Arguments.of(
                        NamedTable.DIABETES.data(),
                        IMPLICIT,
                        ImplicitBcdSettings.withDefaults().withSweeps(2)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelThatIsReadAgainPredictsTheSameToTheLastBit(TableData data, NetworkShape shape, TrainerSettings trainer) {
        FittedModel model = fit(data, shape, trainer);
        INDArray expected = model.predict(data.table(), data.table().allRows());

        FittedModel read = FittedModel.load(save(model));

        assertThat(read.label()).isEqualTo(data.label());
        assertThat(read.transform().columns()).isEqualTo(model.transform().columns());
        assertThat(read.predict(data.table(), data.table().allRows()).equalsWithEps(expected, 0))
                .isTrue();
        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    @Test
    void deeplearning4jFindsNetworkAndNormalizerInTheFile() throws Exception {
        FittedModel model = fit(NamedTable.DIABETES.data(), DENSE, BCD);
        Path file = save(model);

        assertThat(MultiLayerNetwork.load(file.toFile(), true).params())
                .isEqualTo(model.network().params());
        assertThat(
                        ModelSerializer
                                .<org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize>
                                        restoreNormalizerFromFile(file.toFile()))
                .isEqualTo(model.normalizer());
    }

    @Test
    void predictionsAreInTheUnitOfTheLabelAndNeedNoLabel() {
        FittedModel model = fit(NamedTable.DIABETES.data(), DENSE, BCD);
        CsvTable table = Tables.of("s6,s5,s4,s3,s2,s1,bp,bmi,sex,age", "87,4.8598,4,38,93.2,157,101,32.1,2,59");
        INDArray expected = model.predict(NamedTable.DIABETES.read(), new int[] {0});

        assertThat(model.predict(table, table.allRows())).isEqualTo(expected);
        assertThat(expected.getDouble(0)).isBetween(25.0, 346.0);
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(() -> FittedModel.load(file))
                .withMessageContainingAll(parts)
                .withMessageContainingAll(file.toString(), "'implicit fit'");
    }

    @Test
    void aFileThatIsNotThereOrNoModelIsRefused() throws IOException {
        assertRefused(folder.resolve("none.zip"), "no file");
        assertRefused(Files.writeString(folder.resolve("text.zip"), "a,b\n1,2\n"), "damaged or no model");
    }

    @Test
    void aNetworkWithoutATableIsRefused() throws IOException {
        Path file = folder.resolve("network.zip");
        ModelSerializer.writeModel(fit(NamedTable.IRIS.data(), DENSE, BCD).network(), file.toFile(), true);

        assertRefused(file, "no model of a table", "inputs.json");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 0.99})
    void aFileThatBreaksOffIsRefused(double part) throws IOException {
        byte[] whole = Files.readAllBytes(save(fit(NamedTable.IRIS.data(), DENSE, BCD)));

        assertRefused(
                Files.write(folder.resolve("half.zip"), Arrays.copyOf(whole, (int) (part * whole.length))), "damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs.json", "transform.json", "label.json", "normalizer.bin"})
    void aPartThatIsDamagedOrMissingIsRefused(String part) throws IOException {
        Path file = save(fit(NamedTable.IRIS.data(), DENSE, BCD));
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.writeString(zip.getPath(part), "{ \"columns\" : [");
        }
        assertRefused(file, "damaged");
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.delete(zip.getPath(part));
        }
        assertRefused(file, "there is no " + part);
    }
}
