package org.implicitdl.gradient;

import java.util.Arrays;
import java.util.List;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The report of a method that takes a fixed number of steps: it can fail by numbers that are not finite alone. */
final class Truncation {
    private Truncation() {}

    /** The result with its report; the columns that are not finite are set to zero in place. */
    static AdjointState report(String method, INDArray s, int steps) {
        int samples = (int) s.size(1);
        SolverStatus[] statuses = new SolverStatus[samples];
        Arrays.fill(statuses, SolverStatus.NON_FINITE);
        for (int j : Samples.finite(s)) {
            statuses[j] = SolverStatus.CONVERGED;
        }
        for (int j = 0; j < samples; j++) {
            if (statuses[j] == SolverStatus.NON_FINITE) {
                s.getColumn(j).assign(0);
            }
        }
        double[] residuals = new double[samples];
        Arrays.fill(residuals, Double.NaN);
        int[] iterations = new int[samples];
        Arrays.fill(iterations, steps);
        return new AdjointState(s, new SolverReport(method, List.of(statuses), residuals, iterations));
    }
}
