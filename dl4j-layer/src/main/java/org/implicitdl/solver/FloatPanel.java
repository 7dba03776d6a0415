package org.implicitdl.solver;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas.cblas_scopy;
import static org.bytedeco.openblas.global.openblas.cblas_sdot;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas.cblas_snrm2;
import static org.bytedeco.openblas.global.openblas.cblas_sscal;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Columns of single precision. */
final class FloatPanel extends Panel {
    private static final float TINY = 1e-28f;

    private final FloatPointer pointer;

    /** A second pointer, for when the panel is an argument of its own method. */
    private final FloatPointer argument;

    private float[] scratch = {};

    FloatPanel(Pointer address, int rows, int columns, int stride, INDArray owner) {
        super(rows, columns, stride, owner);
        this.pointer = new FloatPointer(address);
        this.argument = new FloatPointer(address);
    }

    private FloatPointer at(int j) {
        return pointer.position(start(j));
    }

    private static FloatPointer argument(Panel panel, int j) {
        return ((FloatPanel) panel).argument.position(panel.start(j));
    }

    @Override
    DataType type() {
        return DataType.FLOAT;
    }

    @Override
    double epsilon() {
        return Math.ulp(1f);
    }

    @Override
    Panel part(int from, int to, int count) {
        return new FloatPanel(pointer.position(0).getPointer(from), to - from, count, stride(), owner());
    }

    @Override
    double norm(int j) {
        // Many times as fast as BLAS's norm, which is left to numbers whose squares overflow or vanish.
        float square = cblas_sdot(rows(), at(j), 1, argument(this, j), 1);
        return square > TINY && square < Float.POSITIVE_INFINITY ? Math.sqrt(square) : cblas_snrm2(rows(), at(j), 1);
    }

    @Override
    void copyNumbers(int n, int from, Panel target, int to) {
        cblas_scopy(n, at(from), 1, argument(target, to), 1);
    }

    @Override
    void addNumbers(int n, double alpha, Panel x, int from, int to) {
        cblas_saxpy(n, (float) alpha, argument(x, from), 1, at(to), 1);
    }

    @Override
    void scale(double alpha, int j) {
        cblas_sscal(rows(), (float) alpha, at(j), 1);
    }

    @Override
    void product(double alpha, Panel m, boolean transposed, Panel x, int count, double beta) {
        int trans = transposed ? CblasTrans : CblasNoTrans;
        if (count == 1) {
            cblas_sgemv(
                    CblasColMajor,
                    trans,
                    m.rows(),
                    m.columns(),
                    (float) alpha,
                    argument(m, 0),
                    m.stride(),
                    argument(x, 0),
                    1,
                    (float) beta,
                    at(0),
                    1);
            return;
        }
        cblas_sgemm(
                CblasColMajor,
                trans,
                CblasNoTrans,
                rows(),
                count,
                x.rows(),
                (float) alpha,
                argument(m, 0),
                m.stride(),
                argument(x, 0),
                x.stride(),
                (float) beta,
                at(0),
                stride());
    }

    @Override
    void combine(double alpha, Panel m, int first, int count, Panel coefficients, int at, int j) {
        cblas_sgemv(
                CblasColMajor,
                CblasNoTrans,
                rows(),
                count,
                (float) alpha,
                argument(m, first),
                m.stride(),
                argument(coefficients, at),
                1,
                1f,
                at(j),
                1);
    }

    @Override
    void dots(Panel m, int first, int count, Panel x, int at, int j) {
        FloatPointer vector = ((FloatPanel) x).pointer.position(x.start(at));
        cblas_sgemv(
                CblasColMajor,
                CblasTrans,
                m.rows(),
                count,
                1f,
                argument(m, first),
                m.stride(),
                vector,
                1,
                0f,
                at(j),
                1);
    }

    @Override
    void apply(ComponentMap map, int count) {
        int step = isContiguous() ? chunk() : 1;
        float[] values = scratch(rows() * Math.min(step, count));
        for (int j = 0; j < count; j += step) {
            int length = Math.min(step, count - j);
            at(j).get(values, 0, rows() * length);
            map.apply(values, rows(), j, length);
            pointer.put(values, 0, rows() * length);
        }
    }

    /** Copies the top of column j. */
    void read(int j, float[] values, int offset, int length) {
        at(j).get(values, offset, length);
    }

    @Override
    void read(int j, double[] values) {
        float[] floats = scratch(values.length);
        at(j).get(floats, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
    }

    @Override
    void write(int j, double[] values) {
        float[] floats = scratch(values.length);
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        at(j).put(floats, 0, values.length);
    }

    private float[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new float[size];
        }
        return scratch;
    }
}
