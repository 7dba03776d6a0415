package org.implicitdl.operator;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dcopy;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_scopy;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products of arrays of FLOAT or DOUBLE by a direct call of BLAS: a small one costs a microsecond, where an operation of
 * ND4J costs tens. Transposed operands are told by a flag, since even a transposed view costs more than a small product.
 */
public final class Blas {
    private Blas() {}

    /**
     * C ← AB + βC, where each matrix is the array, or its transpose if the flag says so.
     *
     * @param c an array whose rows or columns lie side by side; changed
     * @throws ShapeException if the shapes do not fit, the arrays are not all FLOAT or all DOUBLE, or C has gaps between
     *     the entries of its rows and of its columns
     */
    public static void multiply(INDArray a, boolean aT, INDArray b, boolean bT, double beta, INDArray c, boolean cT) {
        long rows = c.size(cT ? 1 : 0);
        long columns = c.size(cT ? 0 : 1);
        long inner = a.size(aT ? 0 : 1);
        if (a.size(aT ? 1 : 0) != rows || b.size(bT ? 0 : 1) != columns || b.size(bT ? 1 : 0) != inner) {
            throw new ShapeException("A product " + shape(rows, columns) + " cannot be made of "
                    + shape(a.size(aT ? 1 : 0), inner) + " and " + shape(b.size(bT ? 1 : 0), b.size(bT ? 0 : 1))
                    + "; check which are transposed.");
        }
        DataType type = c.dataType();
        if (a.dataType() != type || b.dataType() != type || type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new ShapeException("A product must be of one type, FLOAT or DOUBLE, but " + a.dataType() + " and "
                    + b.dataType() + " were to give " + type + ".");
        }
        if (columns == 1) {
            column(Operand.of(a, aT), stacked(b), stacked(c), beta);
        } else if (rows == 1) {
            column(Operand.of(b, !bT), stacked(a), stacked(c), beta);
        } else if (!isColumnMajor(c) && !isRowMajor(c)) {
            throw new ShapeException("A product is written to an array whose rows or columns lie side by side, but the"
                    + " strides of this one are " + Arrays.toString(c.stride()) + "; multiply into a copy.");
        } else if (isColumnMajor(c) != cT) {
            matrix(Operand.of(a, aT), Operand.of(b, bT), Operand.of(c, false), beta);
        } else {
            matrix(Operand.of(b, !bT), Operand.of(a, !aT), Operand.of(c, true), beta);
        }
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(b);
        Reference.reachabilityFence(c);
    }

    /**
     * Sets every row of an array to the same numbers.
     *
     * @param target [m, n] in 'c' order; changed
     * @param row n numbers side by side
     * @throws ShapeException if lengths or types differ, or the type is neither FLOAT nor DOUBLE
     */
    public static void fillRows(INDArray target, INDArray row) {
        int length = Math.toIntExact(row.length());
        if (target.size(1) != length || target.dataType() != row.dataType()) {
            throw new ShapeException("Rows are filled with as many numbers of their type, but they are "
                    + row.dataType() + Arrays.toString(row.shape()) + " for " + target.dataType()
                    + Arrays.toString(target.shape()) + ".");
        }
        requireReal(row);
        Pointer from = row.data().addressPointer();
        Pointer to = target.data().addressPointer();
        for (long i = 0; i < target.size(0); i++) {
            if (row.dataType() == DataType.DOUBLE) {
                cblas_dcopy(length, new DoublePointer(from), 1, new DoublePointer(to).position(i * length), 1);
            } else {
                cblas_scopy(length, new FloatPointer(from), 1, new FloatPointer(to).position(i * length), 1);
            }
        }
        Reference.reachabilityFence(row);
        Reference.reachabilityFence(target);
    }

    /**
     * Copies an array to another one, or to a part of another one: where that has gaps, an operation of ND4J takes several
     * times as long.
     *
     * @param from of rank 2, FLOAT or DOUBLE
     * @param to of the same shape and type; changed
     * @throws ShapeException if shapes or types differ, or the type is neither FLOAT nor DOUBLE
     */
    public static void copy(INDArray from, INDArray to) {
        Shapes.requireMatrix("array that is copied", from);
        if (!from.equalShapes(to) || from.dataType() != to.dataType()) {
            throw new ShapeException("An array is copied to one of its shape and type, but they are " + from.dataType()
                    + Arrays.toString(from.shape()) + " and " + to.dataType() + Arrays.toString(to.shape()) + ".");
        }
        requireReal(from);
        int along = lineDimension(from, to);
        int across = 1 - along;
        boolean gapless = isGapless(from, along) && isGapless(to, along);
        int length = Math.toIntExact(gapless ? from.length() : from.size(along));
        long lines = gapless ? 1 : from.size(across);
        Pointer source = from.data().addressPointer();
        Pointer target = to.data().addressPointer();
        for (long k = 0; k < lines; k++) {
            long start = k * from.stride(across);
            long end = k * to.stride(across);
            if (from.dataType() == DataType.DOUBLE) {
                cblas_dcopy(
                        length,
                        new DoublePointer(source).position(start),
                        from.stride(along),
                        new DoublePointer(target).position(end),
                        to.stride(along));
            } else {
                cblas_scopy(
                        length,
                        new FloatPointer(source).position(start),
                        from.stride(along),
                        new FloatPointer(target).position(end),
                        to.stride(along));
            }
        }
        Reference.reachabilityFence(from);
        Reference.reachabilityFence(to);
    }

    private static void requireReal(INDArray array) {
        DataType type = array.dataType();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new ShapeException(
                    "Arrays are copied if they are of FLOAT or DOUBLE, but found " + type + "; cast them first.");
        }
    }

    /** Along which the entries of both arrays lie side by side, or else the longer one. */
    private static int lineDimension(INDArray from, INDArray to) {
        for (int dimension = 0; dimension < 2; dimension++) {
            if (from.stride(dimension) == 1 && to.stride(dimension) == 1) {
                return dimension;
            }
        }
        return from.size(0) > from.size(1) ? 0 : 1;
    }

    private static boolean isGapless(INDArray array, int along) {
        return array.stride(along) == 1 && array.stride(1 - along) == array.size(along);
    }

    private static String shape(long rows, long columns) {
        return "[" + rows + ", " + columns + "]";
    }

    private static boolean isColumnMajor(INDArray array) {
        return (array.size(0) == 1 || array.stride(0) == 1)
                && (array.size(1) == 1 || array.stride(1) >= Math.max(1, array.size(0)));
    }

    private static boolean isRowMajor(INDArray array) {
        return (array.size(1) == 1 || array.stride(1) == 1)
                && (array.size(0) == 1 || array.stride(0) >= Math.max(1, array.size(1)));
    }

    /** A vector, whatever its orientation, by its stride. */
    private static Operand stacked(INDArray vector) {
        int along = vector.size(0) == 1 ? 1 : 0;
        return new Operand(vector, vector.data().addressPointer(), false, 0, 0, vector.stride(along));
    }

    private static void column(Operand a, Operand x, Operand y, double beta) {
        if (a.owner().dataType() == DataType.DOUBLE) {
            cblas_dgemv(
                    CblasColMajor,
                    a.flag(),
                    a.rows(),
                    a.columns(),
                    1,
                    new DoublePointer(a.address()),
                    a.stride(),
                    new DoublePointer(x.address()),
                    x.stride(),
                    beta,
                    new DoublePointer(y.address()),
                    y.stride());
        } else {
            cblas_sgemv(
                    CblasColMajor,
                    a.flag(),
                    a.rows(),
                    a.columns(),
                    1,
                    new FloatPointer(a.address()),
                    a.stride(),
                    new FloatPointer(x.address()),
                    x.stride(),
                    (float) beta,
                    new FloatPointer(y.address()),
                    y.stride());
        }
        Reference.reachabilityFence(a);
    }

    private static void matrix(Operand a, Operand b, Operand c, double beta) {
        int rows = a.transposed() ? a.columns() : a.rows();
        int inner = a.transposed() ? a.rows() : a.columns();
        int columns = b.transposed() ? b.rows() : b.columns();
        if (c.owner().dataType() == DataType.DOUBLE) {
            cblas_dgemm(
                    CblasColMajor,
                    a.flag(),
                    b.flag(),
                    rows,
                    columns,
                    inner,
                    1,
                    new DoublePointer(a.address()),
                    a.stride(),
                    new DoublePointer(b.address()),
                    b.stride(),
                    beta,
                    new DoublePointer(c.address()),
                    c.stride());
        } else {
            cblas_sgemm(
                    CblasColMajor,
                    a.flag(),
                    b.flag(),
                    rows,
                    columns,
                    inner,
                    1,
                    new FloatPointer(a.address()),
                    a.stride(),
                    new FloatPointer(b.address()),
                    b.stride(),
                    (float) beta,
                    new FloatPointer(c.address()),
                    c.stride());
        }
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(b);
    }

    /**
     * A matrix as BLAS sees it: column by column in memory, and perhaps transposed.
     *
     * @param owner whose memory it is
     * @param stride between the starts of columns
     */
    private record Operand(INDArray owner, Pointer address, boolean transposed, int rows, int columns, int stride) {

        static Operand of(INDArray array, boolean transposed) {
            int rows = Math.toIntExact(array.size(0));
            int columns = Math.toIntExact(array.size(1));
            if (isColumnMajor(array)) {
                int stride = columns == 1 ? Math.max(1, rows) : array.stride(1);
                return new Operand(array, array.data().addressPointer(), transposed, rows, columns, stride);
            }
            if (isRowMajor(array)) {
                int stride = rows == 1 ? Math.max(1, columns) : array.stride(0);
                return new Operand(array, array.data().addressPointer(), !transposed, columns, rows, stride);
            }
            return of(array.dup('f'), transposed);
        }

        int flag() {
            return transposed ? CblasTrans : CblasNoTrans;
        }
    }
}
