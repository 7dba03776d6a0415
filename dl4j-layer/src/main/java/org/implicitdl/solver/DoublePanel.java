package org.implicitdl.solver;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas.cblas_dcopy;
import static org.bytedeco.openblas.global.openblas.cblas_ddot;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_dnrm2;
import static org.bytedeco.openblas.global.openblas.cblas_dscal;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Columns of double precision. */
final class DoublePanel extends Panel {
    private static final double TINY = 1e-280;

    private final DoublePointer pointer;

    /** A second pointer, for when the panel is an argument of its own method. */
    private final DoublePointer argument;

    private double[] scratch = {};

    DoublePanel(Pointer address, int rows, int columns, int stride, INDArray owner) {
        super(rows, columns, stride, owner);
        this.pointer = new DoublePointer(address);
        this.argument = new DoublePointer(address);
    }

    private DoublePointer at(int j) {
        return pointer.position(start(j));
    }

    private static DoublePointer argument(Panel panel, int j) {
        return ((DoublePanel) panel).argument.position(panel.start(j));
    }

    @Override
    DataType type() {
        return DataType.DOUBLE;
    }

    @Override
    Panel part(int from, int to, int count) {
        return new DoublePanel(pointer.position(0).getPointer(from), to - from, count, stride(), owner());
    }

    @Override
    double norm(int j) {
        // Several times as fast as BLAS's norm, which is left to numbers whose squares overflow or vanish.
        double square = cblas_ddot(rows(), at(j), 1, argument(this, j), 1);
        return square > TINY && square < Double.POSITIVE_INFINITY ? Math.sqrt(square) : cblas_dnrm2(rows(), at(j), 1);
    }

    @Override
    void copy(int from, Panel target, int to, int count) {
        if (isContiguous() && target.isContiguous()) {
            cblas_dcopy(rows() * count, at(from), 1, argument(target, to), 1);
            return;
        }
        for (int k = 0; k < count; k++) {
            cblas_dcopy(rows(), at(from + k), 1, argument(target, to + k), 1);
        }
    }

    @Override
    void add(double alpha, Panel x, int count) {
        if (isContiguous() && x.isContiguous()) {
            cblas_daxpy(rows() * count, alpha, argument(x, 0), 1, at(0), 1);
            return;
        }
        for (int k = 0; k < count; k++) {
            add(alpha, x, k, k);
        }
    }

    @Override
    void add(double alpha, Panel x, int at, int j) {
        cblas_daxpy(rows(), alpha, argument(x, at), 1, at(j), 1);
    }

    @Override
    void scale(double alpha, int count) {
        for (int j = 0; j < count; j++) {
            cblas_dscal(rows(), alpha, at(j), 1);
        }
    }

    @Override
    void product(double alpha, Panel m, boolean transposed, Panel x, int count, double beta) {
        int trans = transposed ? CblasTrans : CblasNoTrans;
        if (count == 1) {
            cblas_dgemv(
                    CblasColMajor,
                    trans,
                    m.rows(),
                    m.columns(),
                    alpha,
                    argument(m, 0),
                    m.stride(),
                    argument(x, 0),
                    1,
                    beta,
                    at(0),
                    1);
            return;
        }
        cblas_dgemm(
                CblasColMajor,
                trans,
                CblasNoTrans,
                rows(),
                count,
                x.rows(),
                alpha,
                argument(m, 0),
                m.stride(),
                argument(x, 0),
                x.stride(),
                beta,
                at(0),
                stride());
    }

    @Override
    void combine(double alpha, Panel m, int first, int count, Panel coefficients, int at, int j) {
        cblas_dgemv(
                CblasColMajor,
                CblasNoTrans,
                rows(),
                count,
                alpha,
                argument(m, first),
                m.stride(),
                argument(coefficients, at),
                1,
                1.0,
                at(j),
                1);
    }

    @Override
    void dots(Panel m, int first, int count, Panel x, int at, int j) {
        DoublePointer vector = ((DoublePanel) x).pointer.position(x.start(at));
        cblas_dgemv(
                CblasColMajor,
                CblasTrans,
                m.rows(),
                count,
                1.0,
                argument(m, first),
                m.stride(),
                vector,
                1,
                0.0,
                at(j),
                1);
    }

    @Override
    void apply(ComponentMap map, int count) {
        int step = isContiguous() ? chunk() : 1;
        double[] values = scratch(rows() * Math.min(step, count));
        for (int j = 0; j < count; j += step) {
            int length = Math.min(step, count - j);
            at(j).get(values, 0, rows() * length);
            map.apply(values, rows(), j, length);
            pointer.put(values, 0, rows() * length);
        }
    }

    /** Copies the top of column j. */
    void read(int j, double[] values, int offset, int length) {
        at(j).get(values, offset, length);
    }

    @Override
    void read(int j, double[] values) {
        at(j).get(values, 0, values.length);
    }

    @Override
    void write(int j, double[] values) {
        at(j).put(values, 0, values.length);
    }

    private double[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new double[size];
        }
        return scratch;
    }
}
