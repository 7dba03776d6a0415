package org.implicitdl.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.Softmax;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.PicardSolver;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.wellposed.Equations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One-step and phantom gradients: what they are by definition, and how far from the exact gradient. */
class ApproximateGradientTest {
    private static final int N = 20;
    private static final int SAMPLES = 4;

    private static INDArray gaussian(long seed) {
        return Equations.gaussian(new Random(seed), N, SAMPLES, 1).toArray(DataType.DOUBLE);
    }

    private static FixedPointProblem problem(Activation phi) {
        LinearOperator a = Equations.operator(Equations.gaussian(new Random(2), N, N, 0.7 / Math.sqrt(N)));
        return new FixedPointProblem(a, gaussian(3), phi);
    }

    private static INDArray state(FixedPointProblem problem) {
        return PicardSolver.withDefaults().solve(problem).orElseThrow();
    }

    static List<Activation> activations() {
        return List.of(Activations.relu(), Activations.tanh(), new Softmax());
    }

    /** The derivative of a loss wᵀx after k damped steps from the solution, in the direction dv, by differences. */
    private static double[] unrolled(FixedPointProblem problem, INDArray x, INDArray w, INDArray dv, Phantom phantom) {
        double h = 1e-6;
        INDArray[] ends = new INDArray[2];
        for (int side = 0; side < 2; side++) {
            FixedPointProblem moved =
                    new FixedPointProblem(problem.a(), problem.input().add(dv.mul(side == 0 ? h : -h)), problem.phi());
            INDArray y = x;
            for (int i = 0; i < phantom.steps(); i++) {
                y = y.mul(1 - phantom.damping()).addi(moved.apply(y).muli(phantom.damping()));
            }
            ends[side] = y;
        }
        return ends[0].sub(ends[1]).divi(2 * h).muli(w).sum(0).toDoubleVector();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void thePhantomGradientIsThatOfUnrolledDampedSteps(Activation phi) {
        FixedPointProblem problem = problem(phi);
        INDArray x = state(problem);
        INDArray w = gaussian(4);
        INDArray dv = gaussian(5);
        for (Phantom phantom : List.of(Phantom.of(1, 1), Phantom.of(1, 0.3), Phantom.of(2, 1), Phantom.of(5, 0.5))) {
            AdjointState state = phantom.solve(Linearization.at(problem, x), w);
            assertThat(state.orElseThrow().mul(dv).sum(0).toDoubleVector())
                    .as("%s", phantom)
                    .containsExactly(unrolled(problem, x, w, dv, phantom), within(1e-7));
            SolverReport report = state.report();
            assertThat(report.method()).isEqualTo(phantom.toString());
            assertThat(report.iterations()).containsOnly(phantom.steps()).hasSize(SAMPLES);
            assertThat(report.worstResidual()).isNaN();
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void oneStepIsThePhantomOfOneUndampedStep(Activation phi) {
        FixedPointProblem problem = problem(phi);
        Linearization at = Linearization.at(problem, state(problem));
        INDArray g = gaussian(6);
        INDArray one = OneStep.withDefaults().solve(at, g).orElseThrow();
        assertThat(one).isEqualTo(Phantom.of(1, 1).solve(at, g).orElseThrow());
        INDArray z = problem.a().times(at.state()).addi(problem.input());
        assertThat(one).isEqualTo(phi.transposedJacobianTimes(z, g));
    }

    @Test
    void oneStepIsExactWhereNoStateDependsOnAnother() {
        FixedPointProblem problem = new FixedPointProblem(new ZeroOperator(N, N), gaussian(3), Activations.tanh());
        Linearization at = Linearization.at(problem, state(problem));
        INDArray g = gaussian(6);
        assertThat(OneStep.withDefaults().solve(at, g).orElseThrow())
                .isEqualTo(ImplicitDifferentiation.withDefaults().solve(at, g).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void moreStepsComeCloserToTheExactGradient(Activation phi) {
        FixedPointProblem problem = problem(phi);
        Linearization at = Linearization.at(problem, state(problem));
        INDArray g = gaussian(7);
        INDArray exact = ImplicitDifferentiation.withDefaults().solve(at, g).orElseThrow();
        double previous = cosine(OneStep.withDefaults().solve(at, g).s(), exact);
        assertThat(previous).isBetween(0.5, 0.9999);
        for (int steps : new int[] {2, 4, 8, 16}) {
            double cosine = cosine(Phantom.of(steps, 0.5).solve(at, g).s(), exact);
            assertThat(cosine).as("%d steps", steps).isGreaterThan(previous);
            previous = cosine;
        }
        INDArray limit = Phantom.of(400, 0.5).solve(at, g).orElseThrow();
        assertThat(limit.distance2(exact))
                .isLessThan(1e-12 * exact.norm2Number().doubleValue());
    }

    @Test
    void dampingSumsASeriesThatDivergesUndamped() {
        LinearOperator a = Equations.dense(new double[] {-5});
        INDArray x = Nd4j.zeros(DataType.DOUBLE, 1, 1);
        Linearization at = Linearization.at(new FixedPointProblem(a, x, Activations.identity()), x);
        INDArray g = Nd4j.ones(DataType.DOUBLE, 1, 1);
        // s = −5s + 1; the factor of a step is 1 − τ − 5τ: −½ for τ = ¼, and −5 for τ = 1.
        assertThat(Phantom.of(60, 0.25).solve(at, g).s().getDouble(0)).isCloseTo(1.0 / 6, within(1e-14));
        assertThat(Phantom.of(60, 1).solve(at, g).s().getDouble(0)).isLessThan(-1e40);
    }

    private static double cosine(INDArray s, INDArray exact) {
        return s.mul(exact).sumNumber().doubleValue()
                / (s.norm2Number().doubleValue() * exact.norm2Number().doubleValue());
    }
}
