package org.implicitdl.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.activation.SampledActivation;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A solver for the samples whose numbers are finite: a NaN among the derivatives of one sample would make certificates fail
 * for all. The others are reported as not finite, with a state of zero.
 *
 * @param solver solves for what is left
 * @param finite the samples that are
 */
record FiniteSamples(FixedPointSolver solver, int... finite) implements FixedPointSolver {

    /** The columns whose entries are finite, as is the sum of their absolute values. */
    static int[] of(INDArray x) {
        int samples = (int) x.size(1);
        if (Double.isFinite(x.sumNumber().doubleValue())) {
            return IntStream.range(0, samples).toArray();
        }
        double[] sums = sums(x);
        return IntStream.range(0, samples).filter(j -> Double.isFinite(sums[j])).toArray();
    }

    /** ∑|x| of every column; a maximum may pass over a NaN. */
    static double[] sums(INDArray x) {
        return x.norm1(0).reshape(x.size(1)).toDoubleVector();
    }

    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        int samples = problem.samples();
        if (finite.length == samples) {
            return solver.solve(problem, start);
        }
        INDArray state = Nd4j.create(start.dataType(), start.shape(), 'f');
        SolverStatus[] statuses = new SolverStatus[samples];
        double[] residuals = new double[samples];
        int[] iterations = new int[samples];
        Arrays.fill(statuses, SolverStatus.NON_FINITE);
        Arrays.fill(residuals, Double.NaN);
        if (finite.length == 0) {
            return new Solution(state, new SolverReport("No solver", Arrays.asList(statuses), residuals, iterations));
        }
        Solution solution = solver.solve(
                new FixedPointProblem(
                        problem.a(), columns(problem.input()), SampledActivation.columns(problem.phi(), finite)),
                columns(start));
        SolverReport report = solution.report();
        double[] found = report.residuals();
        int[] counts = report.iterations();
        for (int i = 0; i < finite.length; i++) {
            int j = finite[i];
            statuses[j] = report.statuses().get(i);
            residuals[j] = found[i];
            iterations[j] = counts[i];
            state.getColumn(j).assign(solution.state().getColumn(i));
        }
        return new Solution(state, new SolverReport(report.method(), Arrays.asList(statuses), residuals, iterations));
    }

    private INDArray columns(INDArray x) {
        return x.getColumns(finite).dup('f');
    }
}
