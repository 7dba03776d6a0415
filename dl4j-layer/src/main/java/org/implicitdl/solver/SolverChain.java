package org.implicitdl.solver;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.implicitdl.activation.SampledActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Several solvers, one after the other: each takes the samples that those before it did not solve, from their best states.
 * The report names the solvers that were needed, and adds up their iterations.
 *
 * <p>Samples with a known part that is not finite, and those whose residual rounding keeps above the tolerance, are not
 * tried again.
 */
public final class SolverChain implements FixedPointSolver {
    private final List<FixedPointSolver> solvers;

    private SolverChain(List<FixedPointSolver> solvers) {
        this.solvers = solvers;
    }

    /**
     * The chain of the given solvers.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SolverChain of(FixedPointSolver... solvers) {
        if (solvers.length == 0) {
            throw new IllegalArgumentException("A chain takes at least one solver, but none was given.");
        }
        return new SolverChain(List.of(solvers));
    }

    /** The solvers in their order. */
    public List<FixedPointSolver> solvers() {
        return solvers;
    }

    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        Solution solution = solvers.get(0).solve(problem, start);
        for (int k = 1; k < solvers.size(); k++) {
            int[] open = open(solution.report());
            if (open.length == 0) {
                break;
            }
            solution = improve(problem, solution, open, solvers.get(k));
        }
        return solution;
    }

    private static int[] open(SolverReport report) {
        double[] residuals = report.residuals();
        return IntStream.range(0, residuals.length)
                .filter(j -> !Double.isNaN(residuals[j]))
                .filter(j -> report.statuses().get(j) != SolverStatus.CONVERGED)
                .filter(j -> report.statuses().get(j) != SolverStatus.INEXACT)
                .toArray();
    }

    private static Solution improve(FixedPointProblem problem, Solution before, int[] open, FixedPointSolver solver) {
        Solution attempt = solver.solve(
                new FixedPointProblem(
                        problem.a(),
                        Columns.gather(problem.input(), open),
                        SampledActivation.columns(problem.phi(), open)),
                Columns.gather(before.state(), open));
        SolverStatus[] statuses = before.report().statuses().toArray(new SolverStatus[0]);
        double[] residuals = before.report().residuals();
        int[] iterations = before.report().iterations();
        double[] found = attempt.report().residuals();
        int[] taken = attempt.report().iterations();
        for (int i = 0; i < open.length; i++) {
            int j = open[i];
            iterations[j] += taken[i];
            statuses[j] = attempt.report().statuses().get(i);
            if (found[i] <= residuals[j]) {
                residuals[j] = found[i];
                column(before.state(), j).assign(column(attempt.state(), i));
            }
        }
        String methods = new StringJoiner(", then ")
                .add(before.report().method())
                .add(attempt.report().method())
                .toString();
        return new Solution(before.state(), new SolverReport(methods, Arrays.asList(statuses), residuals, iterations));
    }

    private static INDArray column(INDArray x, int j) {
        return x.get(NDArrayIndex.all(), NDArrayIndex.interval(j, j + 1));
    }

    @Override
    public String toString() {
        return solvers.stream().map(FixedPointSolver::toString).collect(Collectors.joining("; then "));
    }
}
