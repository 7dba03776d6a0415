package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
    private final List<RaceResults> sofar = new ArrayList<>();

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
        return TrainerRace.run(
                new RaceSettings(entrants, SECONDS, 3, 40), new Track(split, clock::nanos, progress), sofar::add);
    }

    @Test
    void theSettingOfTheBestValidationAccuracyIsChosenWhateverTheTestImagesSay() {
        ImageSet all = images.test();
        // Classes 0 to 4 are for validation, 5 to 9 for the test.
        ImageSplit split = new ImageSplit("made up", images.train(), all.part(0, 5), all.part(5, 10));
        Scripted trainer = new Scripted(
                "a",
                Grid.of(1.0, 2.0, 3.0),
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
                new Scripted("a", Grid.of(1.0, 2.0, 3.0), clock, () -> 1, value -> List.of(0, 1), new ArrayList<>());

        Prepared ready = run(images, Progress.none(), trainer).entrants().get(0);

        assertThat(ready.best().value()).isEqualTo(1);
        assertThat(ready.search().isAtTheEdge()).isTrue();
    }

    @Test
    void everyTrainerUsesAllOfTheTimeAndNoMoreThanABatchBeyond() {
        RaceResults results = run(
                images,
                Progress.none(),
                Scripted.counting("quick", clock, 0.45),
                Scripted.counting("slow", clock, 4.5),
                Scripted.counting("slowest", clock, 72));

        assertThat(results.entrants())
                .extracting(ready -> results.reached(ready).get(0).seconds())
                .containsExactly(10.0, 10.0, 12.0);
        assertThat(results.entrants())
                .extracting(ready -> results.reached(ready).get(0).epochs())
                .containsExactly(400 / 18.0, 40 / 18.0, 3 / 18.0);
        // Half of the time is for each candidate.
        assertThat(results.entrants())
                .extracting(ready -> ready.best().curve().last().orElseThrow().seconds())
                .containsExactly(5.0, 5.0, 8.0);
    }

    @Test
    void theTimeIsUsedUpWhenBatchesGetFasterOrSlowerAfterThePreparation() {
        for (double factor : List.of(0.25, 4.0)) {
            double[] seconds = {0.1};
            Scripted trainer =
                    new Scripted("a", Grid.of(1.0), clock, () -> seconds[0], value -> List.of(0), new ArrayList<>());

            RaceResults results = TrainerRace.run(
                    new RaceSettings(List.of(trainer.entrant()), SECONDS, 3, 40),
                    new Track(images, clock::nanos, Progress.none()),
                    prepared -> seconds[0] = 0.1 * factor);

            assertThat(results.reached(results.entrants().get(0)))
                    .hasSize(3)
                    .allSatisfy(end -> assertThat(end.seconds()).isBetween(SECONDS, SECONDS + 0.1 * factor));
        }
    }

    @Test
    void whereFewerThanFiveEpochsFitTheSecondsThatWouldDoAreNamed() {
        RaceResults results = run(
                images, Progress.none(), Scripted.counting("quick", clock, 0.9), Scripted.counting("slow", clock, 3.6));

        assertThat(results.inAHurry())
                .extracting(ready -> ready.entrant().trainer().id())
                .containsExactly("slow");
        assertThat(results.enoughSeconds()).isEqualTo(Math.ceil(5 * 3.6));
    }

    @Test
    void furtherValuesAreTriedWhileTheBestLiesAtTheEdge() {
        List<Double> values = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);

        assertThat(tried(new Grid(values, 3, 5), 5)).containsExactly(4.0, 5.0, 6.0);
        assertThat(tried(new Grid(values, 3, 5), 7)).containsExactly(4.0, 5.0, 6.0, 7.0, 8.0);
        assertThat(tried(new Grid(values, 3, 5), 3)).containsExactly(2.0, 3.0, 4.0, 5.0, 6.0);
        assertThat(tried(new Grid(values, 0, 2), 9))
                .as("four more at most")
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
        assertThat(tried(new Grid(values, 6, 8), 9)).as("the end of the grid").containsExactly(7.0, 8.0, 9.0);
    }

    /** The values that are tried where those that are closer to the best one recognize more. */
    private List<Double> tried(Grid grid, int best) {
        Scripted trainer = new Scripted(
                "a",
                grid,
                clock,
                () -> 1,
                value -> IntStream.range(0, 9 - (int) Math.abs(value - best))
                        .boxed()
                        .toList(),
                new ArrayList<>());
        ImageSet all = images.test();
        // One image of each class for validation.
        ImageSplit split = new ImageSplit("made up", images.train(), all.part(0, 10), all.part(10, 20));
        return run(split, Progress.none(), trainer).entrants().get(0).search().candidates().stream()
                .map(Candidate::value)
                .toList();
    }

    @Test
    void whatThereIsIsToldBeforeTheFirstRoundAndAfterEach() {
        RaceResults results =
                run(images, Progress.none(), Scripted.counting("a", clock, 1), Scripted.counting("b", clock, 2));

        assertThat(sofar).extracting(each -> each.rounds().size()).containsExactly(0, 1, 2, 3);
        assertThat(sofar)
                .allSatisfy(each -> assertThat(each.rounds())
                        .isEqualTo(results.rounds().subList(0, each.rounds().size())));
    }

    @Test
    void trainersTakeTurnsWithSeedsThatNoSettingWasChosenBy() {
        List<String> started = new ArrayList<>();
        Scripted a = new Scripted("a", Grid.of(1.0, 2.0), clock, () -> 1, value -> List.of(0), started);
        Scripted b = new Scripted("b", Grid.of(1.0), clock, () -> 1, value -> List.of(0), started);

        run(images, Progress.none(), a, b);

        assertThat(started)
                .containsExactly(
                        // A warm-up, and the candidates.
                        "a 40 1.0",
                        "a 40 1.0",
                        "a 40 2.0",
                        "b 40 1.0",
                        "b 40 1.0",
                        "a 41 1.0",
                        "b 41 1.0",
                        "a 42 1.0",
                        "b 42 1.0",
                        "a 43 1.0",
                        "b 43 1.0");
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
                Grid.of(1.0, 2.0, 3.0),
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
                Grid.of(1.0, 2.5),
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
