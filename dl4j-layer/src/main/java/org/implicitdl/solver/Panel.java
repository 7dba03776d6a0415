package org.implicitdl.solver;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Columns of FLOAT or DOUBLE numbers outside the heap, worked on by BLAS: a call costs a tenth of a microsecond, where an
 * operation of ND4J costs tens. A panel belongs to one thread, since it moves pointers; several may share the memory.
 */
abstract sealed class Panel permits FloatPanel, DoublePanel {
    /** How many numbers are worked on at once in Java arrays, so that they stay in the nearest cache. */
    private static final int CHUNK = 4096;

    private final int rows;
    private final int columns;
    private final int stride;
    private final INDArray owner;

    /**
     * @param stride how far the starts of two neighbouring columns are apart
     * @param owner the array whose memory this is, kept alive by the panel; null if it is nobody's
     */
    Panel(int rows, int columns, int stride, INDArray owner) {
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
        this.owner = owner;
    }

    /** Columns at an address. */
    static Panel at(Pointer address, DataType type, int rows, int columns) {
        return of(address, type, rows, columns, Math.max(1, rows), null);
    }

    /** The memory of an array itself if it is of the type and lies column by column, or else of a copy. */
    static Panel viewOf(INDArray array, DataType type) {
        INDArray typed = array.dataType() == type ? array : array.castTo(type);
        INDArray fitting = isColumnMajor(typed) ? typed : typed.dup('f');
        int rows = (int) fitting.size(0);
        int columns = (int) fitting.size(1);
        int stride = columns == 1 ? Math.max(1, rows) : fitting.stride(1);
        return of(fitting.data().addressPointer(), type, rows, columns, stride, fitting);
    }

    private static Panel of(Pointer address, DataType type, int rows, int columns, int stride, INDArray owner) {
        return type == DataType.DOUBLE
                ? new DoublePanel(address, rows, columns, stride, owner)
                : new FloatPanel(address, rows, columns, stride, owner);
    }

    /** Whether the entries of each column lie side by side, as BLAS wants them. */
    static boolean isColumnMajor(INDArray array) {
        return (array.size(0) == 1 || array.stride(0) == 1)
                && (array.size(1) == 1 || array.stride(1) >= Math.max(1, array.size(0)));
    }

    /** FLOAT or DOUBLE. */
    abstract DataType type();

    /** The number of entries of a column. */
    final int rows() {
        return rows;
    }

    /** The number of columns. */
    final int columns() {
        return columns;
    }

    final int stride() {
        return stride;
    }

    /** The array whose memory this is; null if it is nobody's. */
    final INDArray owner() {
        return owner;
    }

    final boolean isContiguous() {
        return stride == rows;
    }

    /** Where column j starts. */
    final long start(int j) {
        return (long) j * stride;
    }

    /** How many columns fit a Java array that stays in the cache. */
    final int chunk() {
        return Math.max(1, CHUNK / Math.max(1, rows));
    }

    /** The rows from {@code from} to {@code to} (not included) of the first columns, in the same memory. */
    abstract Panel part(int from, int to, int count);

    /** ‖column j‖₂; finite for all columns of finite numbers whose norm is a number of the type. */
    abstract double norm(int j);

    /** Copies {@code count} columns from column {@code from} on to another panel, from its column {@code to} on. */
    abstract void copy(int from, Panel target, int to, int count);

    /** Adds αX over the first {@code count} columns. */
    abstract void add(double alpha, Panel x, int count);

    /** Adds α times column {@code at} of X to column j. */
    abstract void add(double alpha, Panel x, int at, int j);

    /** Multiplies the first {@code count} columns by a finite factor other than zero. */
    abstract void scale(double alpha, int count);

    /** Y ← αMX + βY over the first {@code count} columns, with M as it is or transposed. */
    abstract void product(double alpha, Panel m, boolean transposed, Panel x, int count, double beta);

    /**
     * y ← αMc + y for column {@code j} of this panel, the {@code count} columns of M from {@code first} on, and the column
     * {@code at} of the coefficients.
     */
    abstract void combine(double alpha, Panel m, int first, int count, Panel coefficients, int at, int j);

    /** y ← Mᵀx: the dot products of {@code count} columns of M with column {@code at} of X, to the top of column j. */
    abstract void dots(Panel m, int first, int count, Panel x, int at, int j);

    /** Applies a map to the first {@code count} columns in place. */
    abstract void apply(ComponentMap map, int count);

    /** Copies the top of column j, as much as the array takes. */
    abstract void read(int j, double[] values);

    /** Sets the top of column j. */
    abstract void write(int j, double[] values);
}
