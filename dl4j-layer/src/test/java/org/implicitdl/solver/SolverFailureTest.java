package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.IllPosedException;
import org.implicitdl.wellposed.Phi;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SolverFailureTest {

    private static INDArray columns(double[][] rows) {
        return Nd4j.createFromArray(rows);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void divergenceIsFoundSoonAndOnlyWhereItHappens(DataType type) {
        // x = max(0, 3x + b) has no solution for b > 0, and x = 0 for b = −1.
        LinearOperator a = Equations.dense(new double[] {3, 0}, new double[] {0, 3});
        FixedPointProblem problem = new FixedPointProblem(
                a, columns(new double[][] {{1, -1}, {2, -1}}).castTo(type), Phi.relu());
        Solution solution = PicardSolver.withDefaults().solve(problem);
        assertThat(solution.report().statuses()).containsExactly(SolverStatus.DIVERGED, SolverStatus.CONVERGED);
        assertThat(solution.report().iterations()[0]).isLessThan(30);
        assertThat(solution.report().converged()).isFalse();
        assertThat(solution.state().sumNumber().doubleValue()).isFinite();
        assertThatExceptionOfType(FixedPointException.class)
                .isThrownBy(solution::orElseThrow)
                .withMessageContaining("Picard solved x = φ(Ax + v) for 1 of 2 samples")
                .withMessageContaining("DIVERGED (1): the residual grows")
                .satisfies(e -> assertThat(e.report()).isEqualTo(solution.report()));
        assertThatExceptionOfType(IllPosedException.class).isThrownBy(() -> Solvers.forProblem(problem));
    }

    @Test
    void theLimitOfIterationsGivesTheBestIterate() {
        LinearOperator a = Equations.dense(new double[] {0, 1}, new double[] {-1, 0});
        // A rotation by a right angle: Picard goes round in a circle about the solution (½, ½)·b.
        FixedPointProblem problem = new FixedPointProblem(a, columns(new double[][] {{1}, {1}}), Phi.identity());
        Solution solution = PicardSolver.with(StoppingRule.withDefaults().withIterationLimit(50))
                .solve(problem);
        assertThat(solution.report().statuses()).containsExactly(SolverStatus.ITERATION_LIMIT);
        assertThat(solution.report().iterations()).containsExactly(50);
        double residual = problem.apply(solution.state())
                        .subi(solution.state())
                        .norm2Number()
                        .doubleValue()
                / Math.max(1, solution.state().norm2Number().doubleValue());
        assertThat(solution.report().worstResidual()).isEqualTo(residual);
        assertThat(residual)
                .as("the best point of the circle, (1, 2) or (2, 1) … of norm √5")
                .isLessThan(1);
    }

    @Test
    void aLoopThatLeavesTheFiniteNumbersEndsAtOnce() {
        LinearOperator a = Equations.dense(new double[] {1e200});
        FixedPointProblem problem = new FixedPointProblem(a, columns(new double[][] {{1e150}}), Phi.identity());
        Solution solution = PicardSolver.withDefaults().solve(problem);
        assertThat(solution.report().converged()).isFalse();
        assertThat(solution.report().maxIterations()).isLessThan(5);
        assertThat(solution.state().sumNumber().doubleValue()).isFinite();
    }

    @Test
    void aStartThatIsNotFiniteIsReported() {
        FixedPointProblem problem =
                new FixedPointProblem(new ZeroOperator(2, 2), columns(new double[][] {{1, 1}, {1, 1}}), Phi.relu());
        INDArray start = columns(new double[][] {{0, Double.NaN}, {0, 0}});
        assertThat(PicardSolver.withDefaults().solve(problem, start).report().statuses())
                .containsExactly(SolverStatus.CONVERGED, SolverStatus.NON_FINITE);
    }

    @Test
    void hardSamplesIterateLongerThanEasyOnes() {
        LinearOperator a = Equations.dense(new double[] {0.9, 0}, new double[] {0, 0});
        FixedPointProblem problem = new FixedPointProblem(a, columns(new double[][] {{1, -1}, {1, -1}}), Phi.relu());
        SolverReport report = PicardSolver.withDefaults().solve(problem).report();
        assertThat(report.converged()).isTrue();
        assertThat(report.iterations()[0]).as("log(1e-12)/log(0.9) = 262").isBetween(200, 300);
        assertThat(report.iterations()[1]).isEqualTo(1);
    }

    @Test
    void hugeValuesWhoseSquaresOverflowAreSolved() {
        LinearOperator a = Equations.dense(new double[] {0.5, 0}, new double[] {0.25, 0.5});
        INDArray v = Nd4j.createFromArray(new float[][] {{1e30f}, {-1e30f}});
        Solution solution = PicardSolver.withDefaults().solve(new FixedPointProblem(a, v, Phi.relu()));
        assertThat(solution.orElseThrow().getDouble(0, 0))
                .as("4e-6 of the residual, twice in the error")
                .isBetween(2e30 * (1 - 1e-5), 2e30 * (1 + 1e-5));
    }

    @Test
    void certificatesOfOtherMatricesAreFoundOut() {
        LinearOperator w = Equations.operator(Equations.gaussian(new Random(1), 2, 2, 1));
        LinearOperator zero = new ZeroOperator(2, 2);
        BlockOperator upper = BlockOperator.of(List.of(List.of(zero, w), List.of(zero, zero)));
        BlockOperator lower = BlockOperator.of(List.of(List.of(zero, zero), List.of(w, zero)));
        FixedPointSolver solver = Solvers.forCertificate(WellPosedness.certify(upper, Phi.relu()));
        INDArray v = Nd4j.ones(DataType.DOUBLE, 4, 1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> solver.solve(new FixedPointProblem(lower, v, Phi.relu())))
                .withMessageContaining("not that of this A");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> solver.solve(new FixedPointProblem(w, Nd4j.ones(DataType.DOUBLE, 2, 1), Phi.relu())))
                .withMessageContaining("4 states");

        LinearOperator dense = Equations.dense(new double[] {0, 5}, new double[] {0, 0});
        FixedPointSolver triangular = Solvers.forCertificate(WellPosedness.certify(dense, Phi.relu()));
        Solution wrong = triangular.solve(
                new FixedPointProblem(dense.transpose(), Nd4j.ones(DataType.DOUBLE, 2, 1), Phi.relu()));
        assertThat(wrong.report().statuses()).containsExactly(SolverStatus.INEXACT);
    }

    @Test
    void certificatesForOtherActivationsAreRefused() {
        LinearOperator a = Equations.dense(new double[] {-5, 1}, new double[] {0, 0.5});
        Certificate certificate = WellPosedness.certify(a, Phi.relu());
        FixedPointProblem problem = new FixedPointProblem(a, Nd4j.ones(DataType.DOUBLE, 2, 1), Phi.absolute());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Solvers.forCertificate(certificate).solve(problem))
                .withMessageContaining("certify A for this φ");
    }

    @Test
    void badArgumentsAreRefused() {
        LinearOperator a = new ZeroOperator(2, 2);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new FixedPointProblem(a, Nd4j.ones(DataType.DOUBLE, 3, 1), Phi.relu()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new FixedPointProblem(a, Nd4j.ones(DataType.INT32, 2, 1), Phi.relu()))
                .withMessageContaining("floating point");
        FixedPointProblem problem = new FixedPointProblem(a, Nd4j.ones(DataType.DOUBLE, 2, 1), Phi.relu());
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> PicardSolver.withDefaults().solve(problem, Nd4j.ones(DataType.DOUBLE, 2, 4)))
                .withMessageContaining("start");
        StoppingRule rule = StoppingRule.withDefaults();
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rule.withTolerance(bad));
        }
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rule.withIterationLimit(0));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rule.withGrowthLimit(1));
    }

    @Test
    void reportsDoNotShareTheirArrays() {
        double[] residuals = {0.5};
        SolverReport report = new SolverReport("test", List.of(SolverStatus.DIVERGED), residuals, new int[] {3});
        residuals[0] = 7;
        report.residuals()[0] = 8;
        assertThat(report.worstResidual()).isEqualTo(0.5);
        assertThat(report).hasToString("test: 0 of 1 samples converged, worst residual 0.500, at most 3 iterations");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SolverReport("test", List.of(), residuals, new int[] {3}));
    }
}
