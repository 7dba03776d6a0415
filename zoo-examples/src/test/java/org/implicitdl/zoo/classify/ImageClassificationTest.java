package org.implicitdl.zoo.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.zoo.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageClassificationTest {
    @TempDir
    private Path folder;

    @Test
    void imagesThatCanAllBeToldApartAre() {
        ClassificationResults results = Examples.results(folder, 40);

        assertThat(results.test().accuracy()).isEqualTo(1);
        assertThat(results.test().mistakes()).isEmpty();
        assertThat(results.epochs().get(39).validationAccuracy()).isEqualTo(1);
    }

    @Test
    void theSameSettingsGiveTheSameNetworkBitByBit() {
        assertThat(Examples.results(folder, 2).network().params())
                .isEqualTo(Examples.results(folder, 2).network().params());
    }

    @Test
    void everyUpdateIsRecordedAndCertified() {
        ClassificationResults results = Examples.results(folder, 3);
        List<EpochPoint> epochs = results.epochs();
        List<UpdatePoint> updates =
                epochs.stream().flatMap(epoch -> epoch.updates().stream()).toList();

        assertThat(epochs).extracting(EpochPoint::epoch).containsExactly(1, 2, 3);
        assertThat(epochs).allSatisfy(epoch -> assertThat(epoch.updates()).hasSize(6));
        assertThat(updates).extracting(UpdatePoint::update).startsWith(1, 2).endsWith(18);
        assertThat(updates).extracting(UpdatePoint::seconds).isSorted();
        assertThat(updates).allSatisfy(update -> {
            assertThat(update.epoch()).isEqualTo((update.update() + 5) / 6);
            assertThat(update.residual()).isLessThan(1e-4);
        });
        // ‖A‖∞ is at most κ = 0.95 whenever the layer computes: a margin of 0.05, to single precision.
        assertThat(results.smallestMargin()).isGreaterThan(0.05 - 1e-6);
        assertThat(results.certificate())
                .map(Certificate::margin)
                .hasValueSatisfying(margin -> assertThat(margin).isGreaterThan(0.05 - 1e-6));
    }

    @Test
    void progressHasAStepForEveryUpdate() {
        List<String> told = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void doing(String what) {
                told.add(what);
            }

            @Override
            public void step() {
                told.add("step");
            }

            @Override
            public void close() {}
        };
        ImageClassification classification = ImageClassification.create(Examples.settings(2), Examples.images(folder));

        classification.run(progress, List.of());

        assertThat(classification.steps()).isEqualTo(12);
        assertThat(told.stream().filter("step"::equals)).hasSize(12);
        assertThat(told.get(0)).matches("score \\d+\\.\\d{4}, .* iterations");
        assertThat(told.get(told.size() - 2)).contains("accuracy");
    }

    @Test
    void listenersOfTheCallerHearEveryUpdate() {
        List<Integer> heard = new ArrayList<>();

        ImageClassification.create(Examples.settings(2), Examples.images(folder))
                .run(Progress.none(), List.of(new BaseTrainingListener() {
                    @Override
                    public void iterationDone(Model model, int iteration, int epoch) {
                        heard.add(iteration);
                    }
                }));

        assertThat(heard).hasSize(12);
    }

    @Test
    void aBoundThatProvesNothingIsRefusedBeforeTraining() {
        assertThatThrownBy(() -> ImageClassification.create(
                        Examples.settings(1, OptionalDouble.of(1.5)), Examples.images(folder)))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("kappa")
                .hasMessageContaining("1.5");
    }

    @Test
    void settingsWithoutAnEpochAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.settings(0))
                .withMessageContaining("number of epochs must be positive, but is 0");
    }
}
