package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.report.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class TrackTest {
    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    private Track track;

    @BeforeEach
    void makeTrack() {
        track = new Track(Examples.images(folder), clock::nanos, Progress.none());
    }

    @Test
    void thePlannedEpochsAreTrainedAndJudged() {
        Curve curve = track.run(Scripted.counting("a", clock, 1.8).entrant(), 3, Plan.ofEpochs(3), 1);

        assertThat(curve.failure()).isEmpty();
        assertThat(curve.points()).extracting(CurvePoint::epochs).containsExactly(1.0, 2.0, 3.0);
        assertThat(curve.points()).extracting(CurvePoint::seconds).containsExactly(1.8, 3.6, 5.4);
        // Six of each class are in the test images, of which the first three classes are recognized.
        assertThat(curve.points()).extracting(CurvePoint::testAccuracy).containsOnly(0.3);
    }

    @Test
    void aTimeIsUsedUpAndJudgedInTenthsWhereverInAnEpochItEnds() {
        // Batches of a tenth of a second, 18 of them an epoch.
        Curve curve = track.run(Scripted.counting("a", clock, 1.8).entrant(), 3, Plan.ofSeconds(9), 1);

        assertThat(curve.points())
                .extracting(CurvePoint::seconds)
                .containsExactly(0.9, 1.8, 2.7, 3.6, 4.5, 5.4, 6.3, 7.2, 8.1, 9.0);
        assertThat(curve.points())
                .extracting(CurvePoint::epochs)
                .containsExactly(0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0);
    }

    @Test
    void aTimeThatIsShorterThanABatchHasOne() {
        Curve curve = track.run(Scripted.counting("a", clock, 18).entrant(), 3, Plan.ofSeconds(0.5), 1);

        assertThat(curve.points()).extracting(CurvePoint::seconds).containsExactly(1.0);
        assertThat(curve.points()).extracting(CurvePoint::epochs).containsExactly(1.0 / 18);
    }

    @Test
    void judgingTheEndAloneLeavesOnePoint() {
        Curve curve = track.end(Scripted.counting("a", clock, 1.8).entrant(), 3, Plan.ofSeconds(9), 1);

        assertThat(curve.points()).hasSize(1);
        assertThat(curve.last()).get().extracting(CurvePoint::seconds).isEqualTo(9.0);
    }

    @Test
    void theClockStandsStillWhileNetworksAreJudgedAndProgressIsTold() {
        List<String> told = new ArrayList<>();
        Progress slow = new Progress() {
            @Override
            public void doing(String what) {
                clock.advance(1000);
                told.add(what);
            }

            @Override
            public void step() {}

            @Override
            public void close() {}
        };

        Curve curve = new Track(track.images(), clock::nanos, slow)
                .run(Scripted.counting("a", clock, 1.8).entrant(), 10, Plan.ofEpochs(2), 1);

        assertThat(curve.points()).extracting(CurvePoint::seconds).containsExactly(1.8, 3.6);
        assertThat(told)
                .containsExactly(
                        "pixelwise, a, number 10: 1.0 epochs, 1.8 s, 100.00 %",
                        "pixelwise, a, number 10: 2.0 epochs, 3.6 s, 100.00 %");
    }

    @Test
    void aTrainingThatBreaksOffKeepsItsEpochsAndTheReason() {
        List<Integer> epochs = new ArrayList<>();
        Scripted breaking = new Scripted(
                "a",
                Grid.of(1.0),
                clock,
                () -> 1,
                value -> {
                    epochs.add(1);
                    if (epochs.size() == 3) {
                        throw new ArithmeticException("no solution");
                    }
                    return List.of(1);
                },
                new ArrayList<>());

        Curve curve = track.run(breaking.entrant(), 1, Plan.ofEpochs(5), 1);

        assertThat(curve.points()).hasSize(2);
        assertThat(curve.failure()).hasValue("no solution");
        assertThat(curve.last()).isEmpty();
    }

    @Test
    void aTrainingWhoseNumbersAreNoLongerFiniteBreaksOff() {
        Entrant entrant = new Entrant(new Perceptron(Activation.RELU), new BackPropagation("sgd", 0.05, Sgd::new));

        Curve curve = track.run(entrant, 1e30, Plan.ofEpochs(5), 1);

        assertThat(curve.points()).hasSizeLessThan(5);
        assertThat(curve.failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("score", "NaN"));
    }

    @Test
    void theSameSeedGivesTheSameAccuracies() {
        Entrant entrant = new Entrant(new Perceptron(Activation.RELU), new BackPropagation("adam", 0.003, Adam::new));

        assertThat(track.run(entrant, 1e-3, Plan.ofEpochs(2), 5).points())
                .isEqualTo(track.run(entrant, 1e-3, Plan.ofEpochs(2), 5).points())
                .isNotEqualTo(track.run(entrant, 1e-3, Plan.ofEpochs(2), 6).points());
    }
}
