package org.implicitdl.train.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.descent.ConditionalGradient;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImplicitDescentTest {
    private static final int N = 4;
    private static final int P = 5;
    private static final int M = 80;

    private final Random random = new Random(21);

    static Stream<Arguments> activationsAndLosses() {
        return Activations.all().stream().flatMap(phi -> Stream.of(Arguments.of(phi, false), Arguments.of(phi, true)));
    }

    private ImplicitProblem problem(FenchelActivation phi, boolean classes) {
        return Planted.problem(random, Planted.weights(random, N, P, 3, classes ? 1 : P), phi, classes, M);
    }

    private ImplicitWeights start(ImplicitProblem problem) {
        return Planted.weights(random, N, P, 3, problem.v().rows());
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void withKeptStatesTheObjectiveFallsFromBlockToBlock(FenchelActivation phi, boolean classes) {
        ImplicitProblem problem = problem(phi, classes);
        ImplicitDescent method = ImplicitDescent.withDefaults()
                .withRelaxation(Relaxation.perState(new double[] {0.5, 1, 2, 4}, 1))
                .withRidge(1e-4)
                .withKeptStates();

        List<Double> values = valuesOf(method, problem, 4);

        assertThat(values).hasSize(4 * 5);
        assertFalls(values);
        assertThat(values.get(values.size() - 1)).isLessThan(values.get(0));
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void withoutAProxyTheObjectiveFallsFromBlockToBlockAsWell(FenchelActivation phi, boolean classes) {
        ImplicitDescent method = ImplicitDescent.withDefaults()
                .withRelaxation(Relaxation.withoutProxy(0.5, 1, 2, 4))
                .withRidge(1e-4)
                .withKeptStates();

        List<Double> values = valuesOf(method, problem(phi, classes), 4);

        assertThat(values).hasSize(4 * 3);
        assertFalls(values);
        assertThat(values.get(values.size() - 1)).isLessThan(values.get(0));
    }

    static Stream<Arguments> activationsAndExtremeRelaxations() {
        double[] wide = {0.001, 0.01, 0.1, 1, 10, 100};
        return Activations.all().stream()
                .flatMap(phi -> Stream.of(
                                Relaxation.perState(wide, 0.01), Relaxation.of(0.05, 5), Relaxation.withoutProxy(wide))
                        .map(relaxation -> Arguments.of(phi, relaxation)));
    }

    /** Labels of no meaning, which large weights try to fit, drive states into saturation. */
    @ParameterizedTest
    @MethodSource("activationsAndExtremeRelaxations")
    void theObjectiveFallsForAnyWeightsOfTheEquation(FenchelActivation phi, Relaxation relaxation) {
        for (int seed = 0; seed < 3; seed++) {
            Random own = new Random(seed);
            int m = 50;
            Matrix labels = Matrix.zeros(3, m);
            for (int j = 0; j < m; j++) {
                labels.set(own.nextInt(3), j, 1);
            }
            ImplicitProblem problem =
                    ImplicitProblem.direct(Planted.normal(own, 4, m, 3), labels, new SoftmaxLink(), phi);
            ImplicitWeights start = new ImplicitWeights(
                    Planted.normal(own, 6, 6, 1),
                    Planted.normal(own, 6, 4, 1),
                    Planted.normal(own, 3, 6, 1),
                    Planted.normal(own, 3, 4, 1));
            ImplicitDescent method = ImplicitDescent.withDefaults()
                    .withKappa(0.1)
                    .withRelaxation(relaxation)
                    .withRidge(1e-5)
                    .withKeptStates();

            List<Double> values = new ArrayList<>();
            ImplicitRun run = method.withListener(adding(values)).start(problem, start);
            for (int sweep = 0; sweep < 6; sweep++) {
                run.sweep();
            }
            assertFalls(values);
        }
    }

    @Test
    void withAPenaltyTheObjectiveFallsAndTheConstraintsHold() {
        ImplicitProblem problem = problem(Activations.relu(), false);
        Penalty penalty = Parts.of(N + 3, N + P)
                .with(0, N, 0, N, L1Ball.ofRows(0.5))
                .with(0, N + 3, N, N + P, L1Ball.ofAll(8))
                .with(N, N + 3, 0, N, L1Ball.ofAll(4));
        for (WeightMethod weights : List.<WeightMethod>of(
                ProximalGradient.withDefaults().withIterations(200)::minimize,
                ConditionalGradient.withDefaults().withIterations(200)::minimize)) {
            ImplicitDescent method = ImplicitDescent.withDefaults()
                    .withKappa(0.5)
                    .withPenalty(penalty, weights)
                    .withKeptStates();
            List<Double> values = new ArrayList<>();
            ImplicitRun run = method.withListener(adding(values)).start(problem, start(problem));
            run.sweep();
            values.clear();
            for (int sweep = 0; sweep < 4; sweep++) {
                run.sweep();
            }
            assertFalls(values);
            assertThat(penalty.value(ModelMatrix.of(run.weights()).m())).isZero();
        }
    }

    private static List<Double> valuesOf(ImplicitDescent method, ImplicitProblem problem, int sweeps) {
        List<Double> values = new ArrayList<>();
        ImplicitRun run = method.withListener(adding(values))
                .start(
                        problem,
                        Planted.weights(new Random(2), N, P, 3, problem.v().rows()));
        for (int sweep = 0; sweep < sweeps; sweep++) {
            run.sweep();
        }
        return values;
    }

    /** Keeps the objective after each block. */
    private static SweepListener adding(List<Double> values) {
        return report ->
                report.blocks().forEach(block -> values.add(block.value().total()));
    }

    private static void assertFalls(List<Double> values) {
        for (int i = 1; i < values.size(); i++) {
            assertThat(values.get(i)).as("value %d of %s", i, values).isLessThanOrEqualTo(values.get(i - 1) + 1e-8);
        }
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void itsOwnPredictionsComeCloseToThoseOfAPlantedModel(FenchelActivation phi, boolean classes) {
        assertComesClose(problem(phi, classes), Relaxation.of(0.1, 0.1));
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void withoutAProxyItsOwnPredictionsComeCloseAsWell(FenchelActivation phi, boolean classes) {
        assertComesClose(problem(phi, classes), Relaxation.withoutProxy(0.1));
    }

    private void assertComesClose(ImplicitProblem problem, Relaxation relaxation) {
        ImplicitRun run = ImplicitDescent.withDefaults()
                .withRelaxation(relaxation)
                .withRidge(1e-6)
                .start(problem, start(problem));
        double before = run.loss();

        for (int sweep = 0; sweep < 30; sweep++) {
            run.sweep();
        }

        assertThat(run.loss()).isLessThan(0.2 * before);
        assertThat(norm(run.weights().a())).isLessThanOrEqualTo(0.95);
    }

    private static double norm(Matrix a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < a.cols(); j++) {
                sum += Math.abs(a.get(i, j));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    @Test
    void aContinuationRaisesLambdaUntilTheRelaxedStatesFulfilTheRule() {
        ImplicitProblem problem = problem(Activations.tanh(), false);
        List<SweepReport> reports = new ArrayList<>();
        ImplicitDescent method = ImplicitDescent.withDefaults()
                .withRelaxation(Relaxation.of(0.01, 0.01))
                .withContinuation(2, 1e-6)
                .withListener(reports::add);
        ImplicitRun run = method.start(problem, start(problem));

        for (int sweep = 0; sweep < 25; sweep++) {
            run.sweep();
        }

        SweepReport last = reports.get(reports.size() - 1);
        assertThat(reports.get(0).grows()).isTrue();
        assertThat(reports.get(0).divergence()).isGreaterThan(1e-6);
        assertThat(reports.get(1).relaxation().largest()).isEqualTo(0.02);
        assertThat(last.grows()).isFalse();
        assertThat(last.divergence()).isLessThanOrEqualTo(1e-6);
        assertThat(run.state().relaxation().largest())
                .isEqualTo(last.relaxation().largest());
        assertThat(method.toString()).contains("times 2.0 while the divergence is above 1.0E-6");
    }

    static Stream<Relaxation> relaxations() {
        return Stream.of(Relaxation.of(1, 1), Relaxation.withoutProxy(1));
    }

    @ParameterizedTest
    @MethodSource("relaxations")
    void aResumedRunComesToTheSameBits(Relaxation relaxation) {
        ImplicitProblem problem = problem(Activations.relu(), true);
        ImplicitWeights start = start(problem);
        ImplicitDescent method =
                ImplicitDescent.withDefaults().withRelaxation(relaxation).withContinuation(1.5, 1e-9);
        ImplicitRun whole = method.start(problem, start);
        ImplicitRun first = method.start(problem, start);
        for (int sweep = 0; sweep < 6; sweep++) {
            whole.sweep();
        }
        for (int sweep = 0; sweep < 3; sweep++) {
            first.sweep();
        }

        StateWriter writer = new StateWriter();
        first.state().save(writer);
        ImplicitState state = ImplicitState.restored(new StateReader(ByteBuffer.wrap(writer.bytes())));
        ImplicitRun second = method.resume(problem, state);
        for (int sweep = 0; sweep < 3; sweep++) {
            second.sweep();
        }

        assertThat(second.weights()).isEqualTo(whole.weights());
        assertThat(second.state().sweeps()).isEqualTo(6);
    }

    /** Labels are met by relaxed states, which are far from those that solve the rule. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theModelIsJudgedByItsOwnPredictions(boolean kept) {
        ImplicitProblem problem = problem(Activations.relu(), true);
        List<SweepReport> reports = new ArrayList<>();
        ImplicitDescent method = ImplicitDescent.withDefaults()
                .withRelaxation(Relaxation.of(0.01, 0.01))
                .withListener(reports::add);
        ImplicitRun run = (kept ? method.withKeptStates() : method).start(problem, start(problem));
        double best = run.loss();
        while (run.loss() < 1.01 * best) {
            assertThat(run.state().sweeps())
                    .as("a sweep that is not the best comes")
                    .isLessThan(100);
            run.sweep();
            best = Math.min(best, run.loss());
        }

        SweepReport last = reports.get(reports.size() - 1);
        assertThat(last.loss()).isCloseTo(run.loss(), within(1e-9));
        ImplicitWeights weights = run.weights();
        Matrix states = Planted.states(weights, problem.phi(), problem.u());
        double own = problem.loss().loss(problem.y(), weights.output(states, problem.v())) / M;
        assertThat(own).isCloseTo(best, within(1e-9));
    }

    @Test
    void moreStepsInXLowerTheObjectiveOfASweepMore() {
        ImplicitProblem problem = problem(Activations.tanh(), false);
        ImplicitWeights start = start(problem);
        ImplicitDescent method = ImplicitDescent.withDefaults()
                .withRelaxation(Relaxation.of(10, 0.01))
                .withKeptStates();
        double few = afterX(method.withStateSteps(1, 1), problem, start);
        double many = afterX(method.withStateSteps(1, 500), problem, start);

        assertThat(many).isLessThan(few - 1e-3);
        assertThat(afterX(method.withStateSteps(1, 1).withStateSteps(1, 500), problem, start))
                .isEqualTo(many);
    }

    /** The objective after the first step in X. */
    private static double afterX(ImplicitDescent method, ImplicitProblem problem, ImplicitWeights start) {
        List<SweepReport> reports = new ArrayList<>();
        method.withListener(reports::add).start(problem, start).sweep();
        return reports.get(0).blocks().stream()
                .filter(block -> block.block().equals("X"))
                .findFirst()
                .orElseThrow()
                .value()
                .total();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        ImplicitProblem problem = problem(Activations.relu(), true);

        assertThatThrownBy(() -> ImplicitDescent.withDefaults().start(problem, Planted.weights(random, N, P + 1, 3, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("do not fit");
        for (ThrowingCallable relaxation :
                List.<ThrowingCallable>of(() -> Relaxation.of(0, 1), () -> Relaxation.withoutProxy(1, -1))) {
            assertThatThrownBy(relaxation)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("λ");
        }
        ImplicitDescent method = ImplicitDescent.withDefaults();
        assertRefused(() -> method.withKappa(Double.NaN), "NaN");
        assertRefused(() -> method.withStateSteps(-1), "at least 0, but is -1");
        assertRefused(() -> method.withStateSteps(1, 0), "at least 1, but is 0");
        assertRefused(() -> method.withRuleSteps(0), "at least 1, but is 0");
        assertRefused(() -> method.withContinuation(1, 1), "must be above 1 and finite, but is 1.0");
        assertRefused(() -> method.withContinuation(2, 0), "bound of the divergence must be positive");
        assertRefused(Relaxation::withoutProxy, "was given none");
        assertRefused(() -> Relaxation.scale(0.1, 1, 1), "each at least 1");
        assertRefused(() -> Relaxation.scale(0.1, 1, 1, 3, 0), "each at least 1");
        for (int given : new int[] {N - 1, N + 1}) {
            double[] lambda = new double[given];
            Arrays.fill(lambda, 1);
            for (Relaxation relaxation : List.of(Relaxation.perState(lambda, 1), Relaxation.withoutProxy(lambda))) {
                assertRefused(
                        () -> method.withRelaxation(relaxation).start(problem, start(problem)),
                        given + " weights λ, but the rule has " + N);
            }
        }
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
