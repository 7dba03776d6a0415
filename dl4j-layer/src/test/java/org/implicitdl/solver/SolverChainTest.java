package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.implicitdl.activation.Activations;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SolverChainTest {
    private static final StoppingRule RULE = StoppingRule.withDefaults();

    /** For tanh: b = 0 is solved at once, and Picard swings to and fro for the others. */
    private static final FixedPointProblem SWINGING = new FixedPointProblem(
            Equations.dense(new double[] {-5}),
            Nd4j.createFromArray(new double[][] {{0, 1, Double.NaN, -2}}),
            Activations.tanh());

    @Test
    void everySolverTakesWhatIsLeft() {
        SolverChain chain = SolverChain.of(
                PicardSolver.with(RULE.withIterationLimit(20)), NewtonSolver.with(RULE), AndersonSolver.with(RULE));
        Solution solution = chain.solve(SWINGING);
        SolverReport report = solution.report();
        assertThat(report.method()).isEqualTo("Picard, then Newton");
        assertThat(report.statuses())
                .containsExactly(
                        SolverStatus.CONVERGED,
                        SolverStatus.CONVERGED,
                        SolverStatus.NON_FINITE,
                        SolverStatus.CONVERGED);
        assertThat(report.iterations()[0]).isEqualTo(1);
        assertThat(report.iterations()[1]).as("those of Picard and of Newton").isBetween(22, 40);
        assertThat(report.residuals()[2]).isNaN();
        for (int j : new int[] {1, 3}) {
            double x = solution.state().getDouble(0, j);
            assertThat(Math.tanh(-5 * x + SWINGING.input().getDouble(0, j))).isCloseTo(x, within(1e-11));
        }
        assertThat(solution.state().getDouble(0, 2)).isZero();
    }

    @Test
    void theBestStateIsKeptIfNobodySucceeds() {
        PicardSolver few = PicardSolver.with(RULE.withIterationLimit(3));
        Solution once = few.solve(SWINGING);
        Solution twice = SolverChain.of(few, few).solve(SWINGING);
        assertThat(twice.report().statuses().get(1)).isEqualTo(SolverStatus.ITERATION_LIMIT);
        assertThat(twice.report().iterations()[1]).isEqualTo(6);
        assertThat(twice.report().residuals()[1])
                .isLessThanOrEqualTo(once.report().residuals()[1]);
        INDArray x = twice.state();
        double distance = Math.abs(Math.tanh(-5 * x.getDouble(0, 1) + 1) - x.getDouble(0, 1));
        assertThat(twice.report().residuals()[1]).isCloseTo(distance, within(1e-15));
    }

    @Test
    void theAutomaticChoiceStatesItsChain() {
        LinearOperator slow = Equations.dense(new double[] {0.5, 0.49}, new double[] {0.49, 0.5});
        assertThat(Solvers.forCertificate(WellPosedness.certify(slow, Activations.relu()))
                        .toString())
                .matches("Picard, .* 16 iterations; then Anderson of depth 5, .*; then Newton, .*; then Picard, .*");
        LinearOperator fast = Equations.dense(new double[] {0.1, 0.1}, new double[] {0.1, 0.1});
        assertThat(Solvers.forCertificate(WellPosedness.certify(fast, Activations.relu())))
                .isInstanceOf(PicardSolver.class);
        LinearOperator monotone = Equations.dense(new double[] {0.5, -2}, new double[] {2, -3});
        assertThat(Solvers.forCertificate(WellPosedness.certify(monotone, Activations.tanh()))
                        .toString())
                .matches("Newton, .*; then Peaceman–Rachford splitting, .*");
    }

    @Test
    void theReportNamesTheSolversThatWereNeeded() {
        LinearOperator slow = Equations.dense(new double[] {0.5, 0.49}, new double[] {0.49, 0.5});
        FixedPointSolver solver = Solvers.forCertificate(WellPosedness.certify(slow, Activations.relu()));
        INDArray v = Nd4j.createFromArray(new double[][] {{1}, {1}});
        SolverReport report =
                solver.solve(new FixedPointProblem(slow, v, Activations.relu())).report();
        assertThat(report.converged()).isTrue();
        assertThat(report.method()).isEqualTo("Picard, then Anderson");
        INDArray negative = v.neg();
        assertThat(solver.solve(new FixedPointProblem(slow, negative, Activations.relu()))
                        .report()
                        .method())
                .isEqualTo("Picard");
    }

    @Test
    void anEmptyChainIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(SolverChain::of)
                .withMessageContaining("at least one");
    }
}
