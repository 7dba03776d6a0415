package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerRaceTest {
    private static final double SECONDS = 10;

    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    private ImageSplit images;

    @BeforeEach
    void makeImages() {
        images = Examples.images(folder);
    }

    private RaceResults run(ImageSplit split, Progress progress, Scripted... trainers) {
        List<Entrant> entrants =
                List.of(trainers).stream().map(Scripted::entrant).toList();
        return TrainerRace.run(new RaceSettings(entrants, SECONDS, 3, 40), new Track(split, clock::nanos, progress));
    }

    @Test
    void theSettingOfTheBestValidationAccuracyIsChosenWhateverTheTestImagesSay() {
        ImageSet all = images.test();
        // Classes 0 to 4 are for validation, 5 to 9 for the test.
        ImageSplit split = new ImageSplit("made up", images.train(), all.part(0, 5), all.part(5, 10));
        Scripted trainer = new Scripted(
                "a",
                List.of(1.0, 2.0, 3.0),
                clock,
                () -> 1,
                value -> value == 1 ? List.of(5, 6, 7, 8, 9) : value == 2 ? List.of(0, 1, 2, 3) : List.of(0, 5, 6),
                new ArrayList<>());

        Prepared ready = run(split, Progress.none(), trainer).entrants().get(0);

        assertThat(ready.best().value()).isEqualTo(2);
        assertThat(ready.search().candidates())
                .extracting(Candidate::validationAccuracy)
                .containsExactly(0.0, 0.8, 0.2);
        // What would be the test is the validation again: the search has never met a test image.
        assertThat(ready.search().candidates().stream().flatMap(candidate -> candidate.curve().points().stream()))
                .allSatisfy(point -> assertThat(point.testAccuracy()).isEqualTo(point.validationAccuracy()));
        assertThat(ready.search().isAtTheEdge()).isFalse();
    }

    @Test
    void ofEquallyGoodSettingsTheSmallestIsChosen() {
        Scripted trainer =
                new Scripted("a", List.of(1.0, 2.0, 3.0), clock, () -> 1, value -> List.of(0, 1), new ArrayList<>());

        Prepared ready = run(images, Progress.none(), trainer).entrants().get(0);

        assertThat(ready.best().value()).isEqualTo(1);
        assertThat(ready.search().isAtTheEdge()).isTrue();
    }

    @Test
    void everyTrainerHasTheSameTimeAndAsManyEpochsAsFitIntoIt() {
        RaceResults results = run(
                images,
                Progress.none(),
                Scripted.counting("quick", clock, 1),
                Scripted.counting("slow", clock, 2.5),
                Scripted.counting("slowest", clock, 30));

        assertThat(results.entrants())
                .extracting(ready -> ready.plan().epochs())
                .containsExactly(9, 3, 1);
        assertThat(results.entrants())
                .allSatisfy(ready -> assertThat(ready.plan().seconds()).isEqualTo(SECONDS));
        assertThat(results.entrants())
                .extracting(ready -> results.reached(ready).get(0).seconds())
                .containsExactly(9.0, 7.5, 30.0);
        // Half of the time is for each candidate.
        assertThat(results.entrants())
                .extracting(ready -> ready.best().curve().points().size())
                .containsExactly(4, 1, 1);
    }

    @Test
    void epochsThatGetSlowerThanPlannedEndWithTheTime() {
        AtomicInteger epochs = new AtomicInteger();
        // A warm-up of five seconds and a candidate of four come before the networks that count.
        Scripted trainer = new Scripted(
                "a",
                List.of(1.0),
                clock,
                () -> epochs.incrementAndGet() > 5 + 4 ? 4 : 1,
                value -> List.of(0),
                new ArrayList<>());

        RaceResults results = run(images, Progress.none(), trainer);
        Prepared ready = results.entrants().get(0);

        assertThat(ready.plan().epochs()).isEqualTo(9);
        assertThat(results.curves(ready))
                .allSatisfy(curve -> assertThat(curve.points())
                        .extracting(CurvePoint::seconds)
                        .containsExactly(4.0, 8.0, 12.0));
        assertThat(results.reached(ready)).extracting(CurvePoint::seconds).containsOnly(8.0);
    }

    @Test
    void trainersTakeTurnsWithSeedsThatNoSettingWasChosenBy() {
        List<String> started = new ArrayList<>();
        Scripted a = new Scripted("a", List.of(1.0, 2.0), clock, () -> 1, value -> List.of(0), started);
        Scripted b = new Scripted("b", List.of(1.0), clock, () -> 1, value -> List.of(0), started);

        run(images, Progress.none(), a, b);

        assertThat(started)
                .containsExactly(
                        // A warm-up, and the candidates.
                        "a 40", "a 40", "a 40", "b 40", "b 40", "a 41", "b 41", "a 42", "b 42", "a 43", "b 43");
    }

    @Test
    void progressHasAStepForEveryTraining() {
        AtomicInteger steps = new AtomicInteger();
        Progress progress = new Progress() {
            @Override
            public void doing(String what) {}

            @Override
            public void step() {
                steps.incrementAndGet();
            }

            @Override
            public void close() {}
        };

        RaceResults results =
                run(images, progress, Scripted.counting("a", clock, 1), Scripted.counting("b", clock, 30));

        assertThat(steps.get()).isEqualTo(results.settings().trainings()).isEqualTo(2 * (1 + 3 + 3));
        assertThat(results.settings().totalSeconds()).isEqualTo(2 * (4 * 0.5 + 3) * SECONDS);
    }

    @Test
    void aCandidateThatFailsIsNotChosen() {
        Scripted trainer = new Scripted(
                "a",
                List.of(1.0, 2.0, 3.0),
                clock,
                () -> 1,
                value -> {
                    if (value > 2) {
                        throw new ArithmeticException("diverged");
                    }
                    return List.of();
                },
                new ArrayList<>());

        assertThat(run(images, Progress.none(), trainer)
                        .entrants()
                        .get(0)
                        .best()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void aTrainerThatFailsWithEveryCandidateIsNamedWithTheReason() {
        AtomicInteger epochs = new AtomicInteger();
        Scripted trainer = new Scripted(
                "a",
                List.of(1.0, 2.5),
                clock,
                () -> 1,
                value -> {
                    if (epochs.incrementAndGet() > 5) {
                        throw new ArithmeticException("diverged");
                    }
                    return List.of();
                },
                new ArrayList<>());

        assertThatIllegalStateException()
                .isThrownBy(() -> run(images, Progress.none(), trainer))
                .withMessageContaining("No number of 1, 2.5 trains no hidden layer, by a; leave this trainer out")
                .withMessageEndingWith("diverged");
    }
}
