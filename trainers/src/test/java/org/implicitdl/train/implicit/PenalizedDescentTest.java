package org.implicitdl.train.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.descent.ConditionalGradient;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.penalty.AtLeast;
import org.implicitdl.train.penalty.GroupNorm;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.L1Norm;
import org.implicitdl.train.penalty.NoCommonPointException;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.penalty.Ridge;
import org.implicitdl.train.penalty.UnboundedPenaltyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PenalizedDescentTest {
    private static final int N = 4;
    private static final int P = 5;
    private static final int Q = 3;
    private static final double KAPPA = 0.4;
    private static final L1Ball BALL = L1Ball.ofRows(KAPPA);
    private static final WeightMethod PROXIMAL = ProximalGradient.withDefaults().withIterations(100)::minimize;
    private static final WeightMethod CONDITIONAL =
            ConditionalGradient.withDefaults().withIterations(100)::minimize;

    private final Random random = new Random(21);
    private final ImplicitProblem problem =
            Planted.problem(random, Planted.weights(random, N, P, Q, P), Activations.relu(), false, 80);
    private final ImplicitWeights start = Planted.weights(random, N, P, Q, P);
    private final ImplicitDescent method = ImplicitDescent.withDefaults().withKappa(KAPPA);

    private static Parts none() {
        return Parts.of(N + Q, N + P);
    }

    static List<Penalty> penalties() {
        return List.of(
                none(),
                new Ridge(0.01),
                new L1Norm(0.01),
                L1Ball.ofAll(9),
                none().with(0, N, 0, N, L1Ball.ofRows(0.9)),
                none().with(0, N, 0, N, L1Ball.ofRows(0.1)),
                none().with(0, N, 0, N + P, new L1Norm(0.01)),
                none().with(0, N, 0, N, L1Ball.ofAll(0.8)).with(0, N + Q, N, N + P, GroupNorm.ofColumns(0.01)));
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void aPenaltyIsBesideTheBoundOfTheNormOfA(Penalty penalty) {
        for (ImplicitDescent descent : List.of(method, method.withKeptStates())) {
            ImplicitRun run = descent.withPenalty(penalty, PROXIMAL).start(problem, start);
            for (int sweep = 0; sweep < 3; sweep++) {
                run.sweep();
                assertThat(BALL.value(run.state().weights().a())).isZero();
                assertThat(penalty.value(ModelMatrix.of(run.state().weights()).m()))
                        .isFinite();
            }
        }
    }

    /** A penalty next to nothing changes little: the readout fits the model's own states, not the relaxed ones. */
    @Test
    void aSmallPenaltyDoesLittleToOwnPredictions() {
        ImplicitProblem classes =
                Planted.problem(random, Planted.weights(random, N, P, Q, P), Activations.relu(), true, 80);
        ImplicitRun free = method.start(classes, start);
        ImplicitRun penalized = method.withPenalty(new Ridge(0.01), PROXIMAL).start(classes, start);

        IntStream.range(0, 6).forEach(sweep -> free.sweep());
        IntStream.range(0, 6).forEach(sweep -> penalized.sweep());

        assertThat(penalized.loss()).isLessThan(1.4 * free.loss());
    }

    /** A ball over all of M is one with the bound of A; the conditional gradient method takes one ball alone. */
    @Test
    void aBallOverAllWeightsServesTheConditionalGradient() {
        for (L1Ball ball : List.of(L1Ball.ofRows(0.3), L1Ball.ofAll(0.4))) {
            ImplicitRun run = method.withPenalty(
                            ball, ConditionalGradient.withDefaults().withIterations(50)::minimize)
                    .start(problem, start);
            run.sweep();
            assertThat(ball.value(ModelMatrix.of(run.state().weights()).m())).isZero();
        }
    }

    /** Only then does the test above tell anything. */
    @Test
    void withoutTheBoundAWouldLeaveIt() {
        Matrix x = Planted.states(start, problem.phi(), problem.u());
        WeightFunction function = new WeightFunction(problem, Relaxation.of(1, 1), x, x.plus(1, x));
        Matrix found = PROXIMAL.minimize(
                        function, new Ridge(0.01), ModelMatrix.of(start).m())
                .w();
        assertThat(BALL.value(function.divided(found).a())).isInfinite();
    }

    @Test
    void theBoundOfALayerIsTakenUnlessASmallerOneIsAskedFor() {
        assertThat(ImplicitDescent.withDefaults().withinBound(0.5).ball()).isEqualTo(L1Ball.ofRows(0.5));
        assertThat(ImplicitDescent.withDefaults().withinBound(3.8).ball()).isEqualTo(L1Ball.ofRows(3.8));
        assertThat(method.withinBound(0.5).ball()).isEqualTo(BALL);
        assertThatThrownBy(() -> method.withinBound(0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.4")
                .hasMessageContaining("0.3")
                .hasMessageContaining("withKappa");
    }

    @Test
    void whatCannotWorkIsFoundAtTheStart() {
        assertThatThrownBy(() ->
                        method.withPenalty(Parts.of(N + Q, N + P + 1), PROXIMAL).start(problem, start))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[7, 10]")
                .hasMessageContaining("[7, 9]");
        assertThatThrownBy(() -> method.withPenalty(new AtLeast(0.2), PROXIMAL).start(problem, start))
                .isInstanceOf(NoCommonPointException.class)
                .hasMessageContaining("Relax");
        assertThatThrownBy(() -> method.withPenalty(new L1Norm(1), CONDITIONAL).start(problem, start))
                .isInstanceOf(UnboundedPenaltyException.class)
                .hasMessageContaining("ridge");
    }

    @Test
    void aPenaltyThatBoundsAllButAServesTheConditionalGradientBesideTheBoundOfA() {
        Penalty rest = none().with(0, N + Q, N, N + P, L1Ball.ofAll(8)).with(N, N + Q, 0, N, L1Ball.ofAll(4));
        ImplicitRun run = method.withPenalty(rest, CONDITIONAL).start(problem, start);
        double before = run.loss();
        run.sweep();
        assertThat(run.loss()).isLessThan(before);
    }
}
