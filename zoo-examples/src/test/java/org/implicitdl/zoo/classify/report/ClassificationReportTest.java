package org.implicitdl.zoo.classify.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.report.OutputFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ClassificationReportTest {
    @TempDir
    private Path data;

    @TempDir
    private Path folder;

    private ClassificationResults write(int epochs) {
        ClassificationResults results = Examples.results(data, epochs);
        ClassificationReport.write(results, List.of("on a test's machine"), OutputFolder.open(folder));
        return results;
    }

    @Test
    void theFilesAreWholeAndNothingElseIsLeft() throws IOException {
        ClassificationResults results = write(2);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(ClassificationReport.FILES);
        for (String picture : List.of("learning-curve.png", "confusion.png", "mistakes.png")) {
            assertThat(ImageIO.read(folder.resolve(picture).toFile()).getWidth())
                    .isGreaterThan(800);
        }
        assertThat(Files.readString(folder.resolve("summary.md")))
                .contains("on a test's machine", "seed 4", "90 images for training", "NORM_INF")
                .contains(Math.round(100 * 100 * results.test().accuracy()) / 100.0 + "");
    }

    @Test
    void theCsvFilesHoldEveryEpochAndEveryUpdate() throws IOException {
        ClassificationResults results = write(2);

        assertThat(Files.readAllLines(folder.resolve("epochs.csv")))
                .hasSize(1 + 2)
                .first()
                .asString()
                .startsWith("epoch,seconds,mean_score,validation_accuracy");
        assertThat(Files.readAllLines(folder.resolve("updates.csv")))
                .hasSize(1 + 12)
                .last()
                .asString()
                .startsWith("12,2,")
                .contains("," + results.epochs().get(1).updates().get(5).score() + ",");
    }

    @Test
    void theModelReadAgainGivesTheSameOutputsAndCanBeTrainedOn() throws IOException {
        ClassificationResults results = write(1);

        MultiLayerNetwork network =
                MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), true);
        INDArray features = results.images().test().batch(0, 60).getFeatures();

        assertThat(network.output(features)).isEqualTo(results.network().output(features));
        assertThat(network.getUpdater().getStateViewArray())
                .isEqualTo(results.network().getUpdater().getStateViewArray());
    }

    @Test
    void aRunOfOneEpochHasAPicture() throws IOException {
        write(1);

        assertThat(ImageIO.read(folder.resolve("learning-curve.png").toFile()).getHeight())
                .isGreaterThan(500);
    }
}
