package org.implicitdl.solver;

import java.util.Arrays;

/** What is known of every sample while it is iterated. */
final class SampleLog {
    private final StoppingRule rule;
    private final SolverStatus[] statuses;
    private final double[] residuals;
    private final double[] leastDistances;
    private final int[] iterations;

    SampleLog(int samples, StoppingRule rule) {
        this.rule = rule;
        this.statuses = new SolverStatus[samples];
        this.residuals = new double[samples];
        this.leastDistances = new double[samples];
        this.iterations = new int[samples];
        Arrays.fill(statuses, SolverStatus.NON_FINITE);
        Arrays.fill(residuals, Double.NaN);
        Arrays.fill(leastDistances, Double.POSITIVE_INFINITY);
    }

    /**
     * Notes an evaluation.
     *
     * @param distance ‖φ(Ax + v) − x‖₂
     * @param norm ‖x‖₂
     * @return whether this iterate is the best so far
     */
    boolean record(int sample, int iteration, double distance, double norm) {
        iterations[sample] = iteration;
        double residual = rule.residual(distance, norm);
        leastDistances[sample] = Math.min(leastDistances[sample], distance);
        if (!Double.isFinite(residual) || residual >= residuals[sample]) {
            return false;
        }
        residuals[sample] = residual;
        return true;
    }

    /** Whether the sample has come to its end, and how. */
    boolean isDone(int sample, int iteration, double distance, double tolerance) {
        SolverStatus status = null;
        if (residuals[sample] <= tolerance) {
            status = SolverStatus.CONVERGED;
        } else if (!Double.isFinite(distance)) {
            status = SolverStatus.NON_FINITE;
        } else if (distance > rule.growthLimit() * leastDistances[sample]) {
            status = SolverStatus.DIVERGED;
        } else if (iteration >= rule.iterationLimit()) {
            status = SolverStatus.ITERATION_LIMIT;
        }
        if (status == null) {
            return false;
        }
        statuses[sample] = status;
        return true;
    }

    SolverReport report(String method) {
        return new SolverReport(method, Arrays.asList(statuses), residuals, iterations);
    }
}
