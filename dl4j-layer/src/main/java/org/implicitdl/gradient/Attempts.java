package org.implicitdl.gradient;

import java.util.Arrays;
import java.util.StringJoiner;
import org.implicitdl.activation.SampledActivation;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch that is solved by one method after the other, each for the samples that are left. */
final class Attempts {
    private final FixedPointProblem problem;
    private final SolverStatus[] statuses;
    private final double[] residuals;
    private final int[] iterations;
    private final StringJoiner methods = new StringJoiner(", then ");

    private INDArray state;

    /** The samples that are left. */
    private int[] open;

    /**
     * @param start the first iterate, not changed
     * @param open the samples that are tried; the others are reported as not finite, with a state of zero
     */
    Attempts(FixedPointProblem problem, INDArray start, int... open) {
        this.problem = problem;
        this.state = start;
        this.open = open;
        int samples = problem.samples();
        statuses = new SolverStatus[samples];
        residuals = new double[samples];
        iterations = new int[samples];
        Arrays.fill(statuses, SolverStatus.NON_FINITE);
        Arrays.fill(residuals, Double.NaN);
        if (open.length < samples) {
            this.state = Nd4j.create(start.dataType(), start.shape(), 'f');
            for (int j : open) {
                state.getColumn(j).assign(start.getColumn(j));
            }
        }
    }

    /** Tries the samples that are left, if there are any. */
    void by(FixedPointSolver solver) {
        if (open.length == 0) {
            return;
        }
        boolean whole = open.length == problem.samples();
        Solution solution = whole
                ? solver.solve(problem, state)
                : solver.solve(columns(problem, open), state.getColumns(open).dup('f'));
        boolean inPlace = whole && methods.length() == 0;
        if (inPlace) {
            state = solution.state();
        }
        methods.add(solution.report().method());
        int[] counts = solution.report().iterations();
        double[] found = solution.report().residuals();
        for (int i = 0; i < open.length; i++) {
            int j = open[i];
            iterations[j] += counts[i];
            SolverStatus status = solution.report().statuses().get(i);
            if (status == SolverStatus.CONVERGED || Double.isNaN(residuals[j]) || found[i] < residuals[j]) {
                statuses[j] = status;
                residuals[j] = found[i];
                if (!inPlace) {
                    state.getColumn(j).assign(solution.state().getColumn(i));
                }
            }
        }
        open = Arrays.stream(open)
                .filter(j -> statuses[j] != SolverStatus.CONVERGED)
                .toArray();
    }

    private static FixedPointProblem columns(FixedPointProblem problem, int[] kept) {
        return new FixedPointProblem(
                problem.a(), problem.input().getColumns(kept).dup('f'), SampledActivation.columns(problem.phi(), kept));
    }

    /** The best state of every sample, with what was done for it. */
    Solution result() {
        String method = methods.length() == 0 ? "No method" : methods.toString();
        return new Solution(state, new SolverReport(method, Arrays.asList(statuses), residuals, iterations));
    }
}
