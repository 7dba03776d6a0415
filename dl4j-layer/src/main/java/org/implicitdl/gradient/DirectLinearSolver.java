package org.implicitdl.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.SampledActivation;
import org.implicitdl.operator.Lu;
import org.implicitdl.operator.Matrix;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;
import org.implicitdl.solver.StoppingRule;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * X = J(MX + V) for a linear J, sample by sample: (I − JM)x = Jv by an LU factorization, in double precision. Where J is a
 * diagonal with zeros, as of ReLU, those components are zero, and the system is that of the others.
 *
 * <p>About ⅔n³ operations for each sample, on several threads where that is worth their while.
 */
final class DirectLinearSolver implements FixedPointSolver {
    private static final String METHOD = "LU";

    /** The work, in operations, below which the threads of a pool cost more than they save. */
    private static final double PARALLEL = 5e6;

    private final StoppingRule rule;

    DirectLinearSolver(StoppingRule rule) {
        this.rule = rule;
    }

    /** {@inheritDoc} The φ of the problem must be linear, and of the samples' own if it depends on them. */
    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        return new Batch(problem, rule).solve();
    }

    @Override
    public String toString() {
        return METHOD;
    }

    /** The systems of one batch, and what comes of them. */
    private static final class Batch {
        private final FixedPointProblem problem;
        private final StoppingRule rule;
        private final double tolerance;
        private final INDArray dense;
        private final Matrix m;
        private final Matrix right;
        private final Matrix result;
        private final SolverStatus[] statuses;
        private final double[] residuals;

        Batch(FixedPointProblem problem, StoppingRule rule) {
            this.problem = problem;
            this.rule = rule;
            this.tolerance = rule.tolerance(problem.input().dataType());
            this.dense = problem.a().toDense(problem.input().dataType());
            this.m = Matrix.copyOf(dense);
            this.right = Matrix.copyOf(problem.phi().apply(problem.input()));
            this.result = Matrix.zeros(right.rows(), right.cols());
            this.statuses = new SolverStatus[right.cols()];
            this.residuals = new double[right.cols()];
        }

        Solution solve() {
            int n = right.rows();
            IntStream samples = IntStream.range(0, right.cols());
            boolean worthwhile = 2.0 / 3 * n * n * n * right.cols() > PARALLEL;
            if (problem.phi() instanceof DiagonalActivation diagonal) {
                Matrix d = Matrix.copyOf(diagonal.derivatives());
                (worthwhile ? samples.parallel() : samples).forEach(j -> solveReduced(j, d));
            } else {
                (worthwhile ? samples.parallel() : samples).forEach(this::solveWhole);
            }
            int[] iterations = new int[residuals.length];
            Arrays.fill(iterations, 1);
            SolverReport report = new SolverReport(METHOD, List.of(statuses), residuals, iterations);
            return new Solution(result.toArray(problem.input().dataType()), report);
        }

        private void solveReduced(int sample, Matrix d) {
            int n = d.rows();
            int[] kept =
                    IntStream.range(0, n).filter(i -> d.get(i, sample) != 0).toArray();
            Matrix system = Matrix.identity(kept.length);
            for (int c = 0; c < kept.length; c++) {
                for (int r = 0; r < kept.length; r++) {
                    system.values()[r + c * kept.length] -= d.get(kept[r], sample) * m.get(kept[r], kept[c]);
                }
            }
            solve(sample, system, kept);
        }

        private void solveWhole(int sample) {
            int n = right.rows();
            int[] repeated = new int[n];
            Arrays.fill(repeated, sample);
            Matrix product = Matrix.copyOf(
                    SampledActivation.columns(problem.phi(), repeated).apply(dense));
            Matrix system = Matrix.identity(n);
            for (int i = 0; i < system.values().length; i++) {
                system.values()[i] -= product.values()[i];
            }
            solve(sample, system, IntStream.range(0, n).toArray());
        }

        /** Solves for some components, the others being zero. */
        private void solve(int sample, Matrix system, int[] kept) {
            Matrix b = Matrix.zeros(kept.length, 1);
            for (int i = 0; i < kept.length; i++) {
                b.set(i, 0, right.get(kept[i], sample));
            }
            statuses[sample] = SolverStatus.NON_FINITE;
            residuals[sample] = Double.NaN;
            if (!isFinite(b) || !isFinite(system)) {
                return;
            }
            Matrix x = Lu.of(system).map(lu -> lu.solve(b)).orElse(null);
            if (x == null || !isFinite(x)) {
                statuses[sample] = SolverStatus.SINGULAR;
                return;
            }
            residuals[sample] = residual(system, x, b);
            statuses[sample] = residuals[sample] <= tolerance ? SolverStatus.CONVERGED : SolverStatus.INEXACT;
            for (int i = 0; i < kept.length; i++) {
                result.set(kept[i], sample, x.get(i, 0));
            }
        }

        private double residual(Matrix system, Matrix x, Matrix b) {
            double[] rest = b.values().clone();
            for (int c = 0; c < rest.length; c++) {
                for (int r = 0; r < rest.length; r++) {
                    rest[r] -= system.get(r, c) * x.get(c, 0);
                }
            }
            return new Matrix(rest.length, 1, rest).frobeniusNorm() / Math.max(x.frobeniusNorm(), rule.floor());
        }

        private static boolean isFinite(Matrix matrix) {
            return Arrays.stream(matrix.values()).allMatch(Double::isFinite);
        }
    }
}
