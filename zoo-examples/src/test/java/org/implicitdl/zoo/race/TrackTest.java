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
        Curve curve = track.run(Scripted.counting("a", clock, 2).entrant(), 3, Plan.ofEpochs(3), 1);

        assertThat(curve.failure()).isEmpty();
        assertThat(curve.points()).extracting(CurvePoint::epoch).containsExactly(1, 2, 3);
        assertThat(curve.points()).extracting(CurvePoint::seconds).containsExactly(2.0, 4.0, 6.0);
        // Six of each class are in the test images, of which the first three classes are recognized.
        assertThat(curve.points()).extracting(CurvePoint::testAccuracy).containsOnly(0.3);
        assertThat(curve.epochSeconds()).containsExactly(2.0, 2.0, 2.0);
    }

    @Test
    void noEpochBeginsAfterTheTime() {
        Curve curve = track.run(Scripted.counting("a", clock, 2).entrant(), 3, new Plan(100, 5), 1);

        assertThat(curve.points()).extracting(CurvePoint::seconds).containsExactly(2.0, 4.0, 6.0);
        assertThat(curve.at(5)).get().extracting(CurvePoint::epoch).isEqualTo(2);
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
                .run(Scripted.counting("a", clock, 2).entrant(), 10, Plan.ofEpochs(2), 1);

        assertThat(curve.points()).extracting(CurvePoint::seconds).containsExactly(2.0, 4.0);
        assertThat(told)
                .containsExactly(
                        "pixelwise, a, number 10: epoch 1, 2.0 s, 100.00 %",
                        "pixelwise, a, number 10: epoch 2, 4.0 s, 100.00 %");
    }

    @Test
    void aTrainingThatBreaksOffKeepsItsEpochsAndTheReason() {
        List<Integer> epochs = new ArrayList<>();
        Scripted breaking = new Scripted(
                "a",
                List.of(1.0),
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
        Entrant entrant = new Entrant(new Perceptron(Activation.RELU), Trainers.named("sgd"));

        Curve curve = track.run(entrant, 1e30, Plan.ofEpochs(5), 1);

        assertThat(curve.points()).hasSizeLessThan(5);
        assertThat(curve.failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("score", "NaN"));
    }

    @Test
    void theSameSeedGivesTheSameAccuracies() {
        Entrant entrant = new Entrant(new Perceptron(Activation.RELU), Trainers.named("adam"));

        assertThat(track.run(entrant, 1e-3, Plan.ofEpochs(2), 5).points())
                .isEqualTo(track.run(entrant, 1e-3, Plan.ofEpochs(2), 5).points())
                .isNotEqualTo(track.run(entrant, 1e-3, Plan.ofEpochs(2), 6).points());
    }
}
