package org.implicitdl.zoo.bench.layer;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.implicitdl.solver.SolverReport;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The products with A and B that a solution takes, and nothing else: by BLAS, in buffers that are reused.
 *
 * <p>As in the solution, a product with A is taken with the samples only that have not converged yet.
 */
final class BareProducts implements Runnable {
    private final INDArray a;
    private final INDArray b;
    private final FloatPointer u;
    private final FloatPointer x;
    private final FloatPointer y;
    private final int[] counts;

    /**
     * @param a A [n, n] in FLOAT and 'f' order
     * @param b B [n, p] in FLOAT and 'f' order
     * @param report what the solution took
     */
    BareProducts(INDArray a, INDArray b, SolverReport report) {
        this.a = a;
        this.b = b;
        int m = report.samples();
        this.u = new FloatPointer((long) b.columns() * m).zero();
        this.x = new FloatPointer((long) a.rows() * m).zero();
        this.y = new FloatPointer((long) a.rows() * m);
        this.counts = new int[report.maxIterations()];
        for (int k = 0; k < counts.length; k++) {
            int iteration = k;
            counts[k] = (int) Arrays.stream(report.iterations())
                    .filter(last -> last > iteration)
                    .count();
        }
        for (long i = 0; i < x.limit(); i++) {
            x.put(i, i % 7 - 3);
        }
        for (long i = 0; i < u.limit(); i++) {
            u.put(i, i % 5 - 2);
        }
    }

    @Override
    public void run() {
        times(b, u, counts[0]);
        for (int count : counts) {
            times(a, x, count);
        }
    }

    private void times(INDArray matrix, FloatPointer right, int count) {
        int rows = matrix.rows();
        int inner = matrix.columns();
        FloatPointer left = (FloatPointer) matrix.data().addressPointer();
        if (count == 1) {
            cblas_sgemv(CblasColMajor, CblasNoTrans, rows, inner, 1f, left, rows, right, 1, 0f, y, 1);
        } else {
            cblas_sgemm(
                    CblasColMajor,
                    CblasNoTrans,
                    CblasNoTrans,
                    rows,
                    count,
                    inner,
                    1f,
                    left,
                    rows,
                    right,
                    inner,
                    0f,
                    y,
                    rows);
        }
    }
}
