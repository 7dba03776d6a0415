package org.implicitdl.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The report of a method that takes a fixed number of steps: it can fail by numbers that are not finite alone. */
final class Truncation {
    private Truncation() {}

    /** The result with its report; the columns that are not finite are set to zero in place. */
    static AdjointState report(String method, INDArray s, int steps) {
        boolean[] finite = SampleScales.finite(s);
        List<SolverStatus> statuses = new ArrayList<>();
        for (int j = 0; j < finite.length; j++) {
            statuses.add(finite[j] ? SolverStatus.CONVERGED : SolverStatus.NON_FINITE);
            if (!finite[j]) {
                s.get(NDArrayIndex.all(), NDArrayIndex.interval(j, j + 1)).assign(0);
            }
        }
        double[] residuals = new double[finite.length];
        Arrays.fill(residuals, Double.NaN);
        int[] iterations = new int[finite.length];
        Arrays.fill(iterations, steps);
        return new AdjointState(s, new SolverReport(method, statuses, residuals, iterations));
    }
}
