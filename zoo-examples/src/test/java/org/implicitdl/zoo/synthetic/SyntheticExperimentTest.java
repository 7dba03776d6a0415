package org.implicitdl.zoo.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.Matrix;
import org.implicitdl.zoo.report.Progress;
import org.junit.jupiter.api.Test;

class SyntheticExperimentTest {
    private static final SyntheticProblem PROBLEM = new SyntheticProblem(1);
    private static final int ANY = Integer.MAX_VALUE;
    private static final List<Covariance> BOTH = List.of(Covariance.PAPER, Covariance.SHARED);

    @Test
    void everyMethodIsRunOnEveryTrialAndOneWithALimitOnTheFirstOfTheLastCovariance() {
        SyntheticExperiment experiment = new SyntheticExperiment(
                PROBLEM, BOTH, List.of(new Untuned("all", ANY, List.of()), new Untuned("few", 2, List.of())), 3);

        SyntheticResults results = experiment.run(Progress.none());

        assertThat(results.outcomes())
                .extracting(o -> o.covariance().id() + " " + o.trial() + " " + o.method())
                .containsExactly(
                        "paper 1 all",
                        "paper 2 all",
                        "paper 3 all",
                        "shared 1 all",
                        "shared 1 few",
                        "shared 2 all",
                        "shared 2 few",
                        "shared 3 all");
    }

    @Test
    void methodsAreTunedOnTrialsThatAreNotReported() {
        SyntheticExperiment experiment =
                new SyntheticExperiment(PROBLEM, BOTH, List.of(new Untuned("m", ANY, List.of())), 2);

        SyntheticResults results = experiment.run(Progress.none());

        for (SyntheticResults.TunedMethods tuned : results.methods()) {
            assertThat(((Untuned) tuned.methods().get(0)).tuning())
                    .extracting(Trial::covariance)
                    .containsOnly(tuned.covariance());
            assertThat(((Untuned) tuned.methods().get(0)).tuning())
                    .extracting(Trial::number)
                    .containsExactly(0, -1);
        }
    }

    @Test
    void progressReachesTheNumberOfStepsThatWasAnnounced() {
        SyntheticExperiment experiment = new SyntheticExperiment(
                PROBLEM, BOTH, List.of(new Untuned("all", ANY, List.of()), new Untuned("few", 2, List.of())), 3);
        List<String> steps = new ArrayList<>();

        experiment.run(new Progress() {
            @Override
            public void doing(String what) {}

            @Override
            public void step() {
                steps.add("step");
            }

            @Override
            public void close() {}
        });

        assertThat(steps).hasSize(experiment.steps());
    }

    @Test
    void anExperimentWithNothingToDoIsRefused() {
        List<FittingMethod> methods = List.of(new Untuned("m", ANY, List.of()));
        assertThatThrownBy(() -> new SyntheticExperiment(PROBLEM, BOTH, methods, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 0, 2 and 1");
        assertThatThrownBy(() -> new SyntheticExperiment(PROBLEM, List.of(), methods, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SyntheticExperiment(PROBLEM, BOTH, List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Predicts zero, and remembers what it was tuned on. */
    private record Untuned(String id, int trialLimit, List<Trial> tuning) implements FittingMethod {
        @Override
        public String name() {
            return id;
        }

        @Override
        public String settings() {
            return "none";
        }

        @Override
        public FittingMethod tunedOn(List<Trial> trials) {
            return new Untuned(id, trialLimit, trials);
        }

        @Override
        public LearningCurve fit(Trial trial) {
            CurveRecorder recorder = CurveRecorder.start(trial);
            recorder.record(0, u -> Matrix.zeros(5, u.cols()));
            return recorder.curve();
        }
    }
}
