package org.implicitdl.kernel;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas.cblas_dcopy;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers of type double. */
final class DoubleNumbers implements Numbers {
    /** Below this many numbers a loop costs less than a call of BLAS. */
    private static final int SHORT = 24;

    /** Keeps the memory alive. */
    private final INDArray array;

    private final DoublePointer pointer;
    private final DoubleIndexer cells;

    DoubleNumbers(INDArray array) {
        this.array = array;
        // ND4J's pointer begins at the array's own offset.
        DoublePointer start = (DoublePointer) array.data().addressPointer();
        this.pointer = new DoublePointer(start).limit(start.position() + Numbers.extent(array));
        this.cells = DoubleIndexer.create(pointer);
    }

    private DoublePointer at(long i) {
        return new DoublePointer(pointer).position(pointer.position() + i);
    }

    @Override
    public double get(long i) {
        return cells.get(i);
    }

    @Override
    public void set(long i, double value) {
        cells.put(i, value);
    }

    @Override
    public void copy(long at, Numbers source, long from, int count) {
        DoubleNumbers other = (DoubleNumbers) source;
        if (count < SHORT) {
            for (int i = 0; i < count; i++) {
                cells.put(at + i, other.cells.get(from + i));
            }
        } else {
            cblas_dcopy(count, other.at(from), 1, at(at), 1);
        }
    }

    @Override
    public void add(long at, double factor, Numbers source, long from, int count) {
        DoubleNumbers other = (DoubleNumbers) source;
        if (count < SHORT) {
            for (int i = 0; i < count; i++) {
                cells.put(at + i, cells.get(at + i) + factor * other.cells.get(from + i));
            }
        } else {
            cblas_daxpy(count, factor, other.at(from), 1, at(at), 1);
        }
    }

    @Override
    public void addProduct(long at, int m, int n, int k, Numbers a, long atA, boolean transposed, Numbers b, long atB) {
        int order = transposed ? CblasTrans : CblasNoTrans;
        cblas_dgemm(
                CblasRowMajor,
                order,
                CblasNoTrans,
                m,
                n,
                k,
                1,
                ((DoubleNumbers) a).at(atA),
                transposed ? m : k,
                ((DoubleNumbers) b).at(atB),
                n,
                1,
                at(at),
                n);
    }

    @Override
    public void addColumns(
            int m, int n, int k, Numbers a, int strideA, boolean transposed, Numbers b, int strideB, int strideC) {
        int order = transposed ? CblasTrans : CblasNoTrans;
        DoublePointer matrix = ((DoubleNumbers) a).pointer;
        DoublePointer right = ((DoubleNumbers) b).pointer;
        if (n == 1) {
            int rows = transposed ? k : m;
            int cols = transposed ? m : k;
            cblas_dgemv(CblasColMajor, order, rows, cols, 1, matrix, strideA, right, 1, 1, pointer, 1);
        } else {
            cblas_dgemm(
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
        return array.length() + " numbers of type double";
    }
}
