package org.implicitdl.solver;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The report of a method that takes one pass, from the residuals of its result. */
final class DirectReport {
    private DirectReport() {}

    /**
     * Judges a state by its residuals, and sets the columns to zero whose residual is NaN or infinite.
     *
     * @param state [n, m], in which such columns are cleared
     * @param distances ‖φ(Ax + v) − x‖₂ for each sample, NaN where v is not finite
     * @param rule what {@code distances} are relative to
     * @param tolerance what they may be
     */
    static Solution judge(String method, INDArray state, double[] distances, StoppingRule rule, double tolerance) {
        double[] norms = Columns.norms(state);
        List<SolverStatus> statuses = new ArrayList<>();
        double[] residuals = new double[norms.length];
        int[] iterations = new int[norms.length];
        for (int j = 0; j < norms.length; j++) {
            iterations[j] = 1;
            residuals[j] = rule.residual(distances[j], norms[j]);
            if (!Double.isFinite(residuals[j]) || !Double.isFinite(norms[j])) {
                residuals[j] = Double.NaN;
                state.get(NDArrayIndex.all(), NDArrayIndex.interval(j, j + 1)).assign(0);
                statuses.add(SolverStatus.NON_FINITE);
            } else {
                statuses.add(residuals[j] <= tolerance ? SolverStatus.CONVERGED : SolverStatus.INEXACT);
            }
        }
        return new Solution(state, new SolverReport(method, statuses, residuals, iterations));
    }

    /** ‖φ(Ax + v) − x‖₂ for each sample, by one evaluation; NaN where v is not finite, whatever φ makes of that. */
    static double[] distances(FixedPointProblem problem, INDArray state) {
        int m = problem.samples();
        int[] samples = IntStream.range(0, m).toArray();
        double[] distances = new double[m];
        try (NativeMemory memory = new NativeMemory(state.dataType(), state.length())) {
            Evaluation evaluation = new Evaluation(problem, memory, samples);
            Panel x = Panel.viewOf(state, memory.type());
            Panel image = memory.panel(problem.states(), m);
            evaluation.argument(x, image, m);
            evaluation.activate(image, m);
            image.add(-1, x, m);
            for (int j = 0; j < m; j++) {
                distances[j] = image.norm(j);
            }
        }
        Reference.reachabilityFence(problem);
        return withInput(problem, distances);
    }

    /** The distances of a state that solves the equation by construction: zero where v is finite. */
    static double[] zeroDistances(FixedPointProblem problem) {
        return withInput(problem, new double[problem.samples()]);
    }

    private static double[] withInput(FixedPointProblem problem, double[] distances) {
        double[] inputs = Columns.norms(problem.input());
        for (int j = 0; j < distances.length; j++) {
            if (!Double.isFinite(inputs[j])) {
                distances[j] = Double.NaN;
            }
        }
        return distances;
    }
}
