package org.implicitdl.kernel;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas.cblas_scopy;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers of type float. */
final class FloatNumbers implements Numbers {
    /** Below this many numbers a loop costs less than a call of BLAS. */
    private static final int SHORT = 24;

    /** Keeps the memory alive. */
    private final INDArray array;

    private final FloatPointer pointer;
    private final FloatIndexer cells;

    FloatNumbers(INDArray array) {
        this.array = array;
        // ND4J's pointer begins at the array's own offset.
        FloatPointer start = (FloatPointer) array.data().addressPointer();
        this.pointer = new FloatPointer(start).limit(start.position() + Numbers.extent(array));
        this.cells = FloatIndexer.create(pointer);
    }

    private FloatPointer at(long i) {
        return new FloatPointer(pointer).position(pointer.position() + i);
    }

    @Override
    public double get(long i) {
        return cells.get(i);
    }

    @Override
    public void set(long i, double value) {
        cells.put(i, (float) value);
    }

    @Override
    public void copy(long at, Numbers source, long from, int count) {
        FloatNumbers other = (FloatNumbers) source;
        if (count < SHORT) {
            for (int i = 0; i < count; i++) {
                cells.put(at + i, other.cells.get(from + i));
            }
        } else {
            cblas_scopy(count, other.at(from), 1, at(at), 1);
        }
    }

    @Override
    public void add(long at, double factor, Numbers source, long from, int count) {
        FloatNumbers other = (FloatNumbers) source;
        if (count < SHORT) {
            for (int i = 0; i < count; i++) {
                cells.put(at + i, (float) (cells.get(at + i) + factor * other.cells.get(from + i)));
            }
        } else {
            cblas_saxpy(count, (float) factor, other.at(from), 1, at(at), 1);
        }
    }

    @Override
    public void addProduct(long at, int m, int n, int k, Numbers a, long atA, boolean transposed, Numbers b, long atB) {
        int order = transposed ? CblasTrans : CblasNoTrans;
        cblas_sgemm(
                CblasRowMajor,
                order,
                CblasNoTrans,
                m,
                n,
                k,
                1,
                ((FloatNumbers) a).at(atA),
                transposed ? m : k,
                ((FloatNumbers) b).at(atB),
                n,
                1,
                at(at),
                n);
    }

    @Override
    public void addColumns(
            int m, int n, int k, Numbers a, int strideA, boolean transposed, Numbers b, int strideB, int strideC) {
        int order = transposed ? CblasTrans : CblasNoTrans;
        FloatPointer matrix = ((FloatNumbers) a).pointer;
        FloatPointer right = ((FloatNumbers) b).pointer;
        if (n == 1) {
            int rows = transposed ? k : m;
            int cols = transposed ? m : k;
            cblas_sgemv(CblasColMajor, order, rows, cols, 1, matrix, strideA, right, 1, 1, pointer, 1);
        } else {
            cblas_sgemm(
                    CblasColMajor,
                    order,
                    CblasNoTrans,
                    m,
                    n,
                    k,
                    1,
                    matrix,
                    strideA,
                    right,
                    strideB,
                    1,
                    pointer,
                    strideC);
        }
    }

    @Override
    public String toString() {
        return array.length() + " numbers of type float";
    }
}
