package org.implicitdl.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of an array where they lie in native memory, float or double, so that a loop costs no copy and a BLAS
 * call a tenth of a microsecond. Indices count from the array's first number. For whoever owns the array.
 */
public sealed interface Numbers permits FloatNumbers, DoubleNumbers {

    /**
     * The numbers of an array, which must live as long as they are used.
     *
     * @throws IllegalArgumentException unless the array is of type FLOAT or DOUBLE
     */
    static Numbers of(INDArray array) {
        if (array.dataType() == DataType.FLOAT) {
            return new FloatNumbers(array);
        }
        if (array.dataType() == DataType.DOUBLE) {
            return new DoubleNumbers(array);
        }
        throw new IllegalArgumentException("Numbers must be of type FLOAT or DOUBLE, but the array is of type "
                + array.dataType() + "; cast it first.");
    }

    /** The number at a place. */
    double get(long i);

    /** Sets the number at a place, rounded to the type. */
    void set(long i, double value);

    /** Sets {@code count} numbers from a place on to those of a source of the same type. */
    void copy(long at, Numbers source, long from, int count);

    /** Adds a multiple of {@code count} numbers of a source of the same type. */
    void add(long at, double factor, Numbers source, long from, int count);

    /**
     * Adds the product of two matrices stored by rows without gaps: C += AB with A [m, k], B [k, n], C [m, n].
     *
     * @param at where C begins
     * @param transposed whether A is stored as Aᵀ [k, m]
     */
    void addProduct(long at, int m, int n, int k, Numbers a, long atA, boolean transposed, Numbers b, long atB);

    /**
     * Adds the product of two matrices stored by columns: C += AB with A [m, k], B [k, n], C [m, n].
     *
     * @param a the numbers of A
     * @param strideA how far apart A's columns are, or its rows if it is stored as Aᵀ
     * @param transposed whether A is stored as Aᵀ
     * @param strideB how far apart B's columns are
     * @param strideC how far apart C's columns are
     */
    void addColumns(
            int m, int n, int k, Numbers a, int strideA, boolean transposed, Numbers b, int strideB, int strideC);

    /** The number of places from the first to the last number of an array, gaps included. */
    static long extent(INDArray array) {
        long last = 0;
        for (int d = 0; d < array.rank(); d++) {
            last += (array.size(d) - 1) * Math.abs(array.stride(d));
        }
        return last + 1;
    }
}
