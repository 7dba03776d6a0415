package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** No command replaces a file that it reads, or writes one twice. */
class NamedFileTest {
    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private Path model;
    private byte[] before;

    @BeforeEach
    void saveANetwork() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(4).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        model = temporary.resolve("mlp.zip");
        network.save(model.toFile());
        before = Files.readAllBytes(model);
    }

    @AfterEach
    void nothingWasWritten() throws IOException {
        assertThat(model).hasBinaryContent(before);
        assertThat(report()).doesNotExist();
    }

    private Path report() {
        return temporary.resolve("results");
    }

    private String refused(String command, Object... more) {
        return console.misuse(Stream.concat(Stream.of(command, model, "--report", report()), Stream.of(more))
                .map(String::valueOf)
                .toArray(String[]::new));
    }

    @Test
    void theModelIsNotReplaced() {
        assertThat(refused("convert", "--out", model)).contains("--out would replace MODEL", "mlp.zip", "another");
        assertThat(refused("convert", "--export", model)).contains("--export would replace MODEL");
        assertThat(refused("reduce", "--out", model)).contains("--out would replace MODEL");
    }

    @Test
    void norThroughARelativePath() {
        Path there = Path.of("").toAbsolutePath().relativize(model);
        assertThat(refused("convert", "--out", there)).contains("--out would replace MODEL");
        assertThat(refused("convert", "--out", temporary.resolve("none/../mlp.zip")))
                .contains("--out would replace MODEL");
    }

    @Test
    void norThroughLinks() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link.zip"), model);
        assertThat(refused("reduce", "--out", link)).contains("--out would replace MODEL");
        Path folder = Files.createSymbolicLink(temporary.resolve("folder"), temporary);
        assertThat(refused("reduce", "--out", folder.resolve("mlp.zip"))).contains("--out would replace MODEL");
    }

    @Test
    void twoOptionsDoNotWriteOneFile() throws IOException {
        Path folder = Files.createSymbolicLink(temporary.resolve("folder"), temporary);
        assertThat(refused("convert", "--out", temporary.resolve("new.zip"), "--export", folder.resolve("new.zip")))
                .contains("--out and --export would write the same file", "new.zip");
    }

    @Test
    void theCheckedDataAreNotReplaced() throws IOException {
        Path table = Files.writeString(temporary.resolve("d.csv"), "1,2,3\n");
        for (String option : List.of("--out", "--export")) {
            assertThat(refused("convert", "--check", table, option, table))
                    .contains(option + " would replace the data of --check", "d.csv");
        }
        assertThat(table).content().isEqualTo("1,2,3\n");
    }

    @Test
    void theReportIsNotWrittenOverTheModelOrTheResult() throws IOException {
        Path pruned = Files.copy(model, temporary.resolve("pruned.zip"));
        String[] arguments = {"reduce", pruned.toString(), "--keep", "0.5", "--report", temporary.toString()};
        assertThat(console.misuse(arguments)).contains("the report would replace MODEL", "pruned.zip");
        assertThat(pruned).hasBinaryContent(before);
        assertThat(refused("convert", "--out", report().resolve("model.md")))
                .contains("the report and --out would write the same file");
    }
}
