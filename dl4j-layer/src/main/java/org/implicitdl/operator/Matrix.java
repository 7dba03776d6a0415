package org.implicitdl.operator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense matrix in a plain Java array, column by column: entry (i, j) is {@code values[i + j * rows]}.
 *
 * <p>For small work, where the cost of dispatching an ND4J operation (5 to 30 µs) exceeds the work itself, and for
 * {@link Lapack}. The array is the matrix's own storage, open to the loops that own it.
 *
 * @param rows the number of rows
 * @param cols the number of columns
 * @param values the entries, column by column, of length rows × cols
 */
public record Matrix(int rows, int cols, double[] values) {

    /** @throws ShapeException if the length of the array is not rows × cols */
    public Matrix {
        if (rows < 0 || cols < 0 || values.length != (long) rows * cols) {
            throw new ShapeException("A matrix [" + rows + ", " + cols + "] takes " + (long) rows * cols
                    + " values, but " + values.length + " were given.");
        }
    }

    /** The zero matrix. */
    public static Matrix zeros(int rows, int cols) {
        return new Matrix(rows, cols, new double[Math.multiplyExact(rows, cols)]);
    }

    /** The identity matrix. */
    public static Matrix identity(int n) {
        Matrix identity = zeros(n, n);
        for (int i = 0; i < n; i++) {
            identity.values[i * (n + 1)] = 1;
        }
        return identity;
    }

    /** The matrix of the given rows. */
    public static Matrix ofRows(double[]... rows) {
        Matrix matrix = zeros(rows.length, rows.length == 0 ? 0 : rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != matrix.cols) {
                throw new ShapeException("Every row must hold " + matrix.cols + " values like the first, but row " + i
                        + " holds " + rows[i].length + ".");
            }
            for (int j = 0; j < matrix.cols; j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }

    /**
     * A copy of an array of rank 2, in double precision.
     *
     * @throws ShapeException if the array is not of rank 2
     */
    public static Matrix copyOf(INDArray array) {
        Shapes.requireMatrix("array", array);
        if (array.isEmpty()) {
            return zeros((int) array.size(0), (int) array.size(1));
        }
        boolean isReal = array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE;
        Lines lines = Lines.of(isReal ? array : array.castTo(DataType.DOUBLE));
        double[] values = new double[Math.multiplyExact(lines.count(), lines.length())];
        for (int k = 0; k < lines.count(); k++) {
            lines.read(k, 0, lines.length(), values, k * lines.length());
        }
        Matrix byLines = new Matrix(lines.length(), lines.count(), values);
        return lines.areColumns() ? byLines : byLines.transpose();
    }

    /** A copy of the matrix of an operator, in double precision. */
    public static Matrix copyOf(LinearOperator operator) {
        return copyOf(operator instanceof DenseOperator dense ? dense.matrix() : operator.toDense(DataType.DOUBLE));
    }

    /** The same matrix as a new ND4J array in 'f' order. */
    public INDArray toArray(DataType type) {
        if (values.length == 0) {
            return Nd4j.create(type, rows, cols);
        }
        if (type != DataType.FLOAT) {
            return Nd4j.createFromArray(values).reshape('f', rows, cols).castTo(type);
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return Nd4j.createFromArray(rounded).reshape('f', rows, cols);
    }

    /** Entry (i, j). */
    public double get(int i, int j) {
        return values[i + j * rows];
    }

    /** Sets entry (i, j). */
    public void set(int i, int j, double value) {
        values[i + j * rows] = value;
    }

    /** A copy that shares nothing with this matrix. */
    public Matrix copy() {
        return new Matrix(rows, cols, values.clone());
    }

    /** The transposed matrix, as a copy. */
    public Matrix transpose() {
        Matrix transposed = zeros(cols, rows);
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < rows; i++) {
                transposed.values[j + i * cols] = values[i + j * rows];
            }
        }
        return transposed;
    }

    /**
     * A + tB, as a new matrix.
     *
     * @throws ShapeException if the matrices differ in size
     */
    public Matrix plus(double t, Matrix b) {
        return copy().add(t, b);
    }

    /**
     * A + tB, in the place of A.
     *
     * @return this matrix
     * @throws ShapeException if the matrices differ in size
     */
    public Matrix add(double t, Matrix b) {
        requireSize(b);
        for (int i = 0; i < values.length; i++) {
            values[i] += t * b.values[i];
        }
        return this;
    }

    /**
     * A + tI, in the place of A.
     *
     * @return this matrix
     * @throws ShapeException if the matrix is not square
     */
    public Matrix addToDiagonal(double t) {
        if (rows != cols) {
            throw new ShapeException("Only a square matrix has a diagonal to add to, but this is a " + this + ".");
        }
        for (int i = 0; i < rows; i++) {
            values[i * (rows + 1)] += t;
        }
        return this;
    }

    /**
     * The inner product ⟨A, B⟩ = ∑ aᵢⱼbᵢⱼ.
     *
     * @throws ShapeException if the matrices differ in size
     */
    public double dot(Matrix b) {
        requireSize(b);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * b.values[i];
        }
        return sum;
    }

    /**
     * ‖A − B‖²_F.
     *
     * @throws ShapeException if the matrices differ in size
     */
    public double squaredDistance(Matrix b) {
        requireSize(b);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - b.values[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** The squares aᵢⱼ² of the entries, as a new matrix. */
    public Matrix squared() {
        Matrix squared = copy();
        for (int i = 0; i < values.length; i++) {
            squared.values[i] *= values[i];
        }
        return squared;
    }

    private void requireSize(Matrix other) {
        if (rows != other.rows || cols != other.cols) {
            throw new ShapeException("Two matrices of one size are needed, but they are " + this + " and " + other
                    + "; check which is to be transposed.");
        }
    }

    /**
     * The entries (i, j) with firstRow ≤ i &lt; endRow and firstCol ≤ j &lt; endCol, as a copy.
     *
     * @throws ShapeException if they are not all in this matrix
     */
    public Matrix part(int firstRow, int endRow, int firstCol, int endCol) {
        requireInside(firstRow, endRow, firstCol, endCol);
        Matrix part = zeros(endRow - firstRow, endCol - firstCol);
        for (int j = 0; j < part.cols; j++) {
            System.arraycopy(values, firstRow + (firstCol + j) * rows, part.values, j * part.rows, part.rows);
        }
        return part;
    }

    /**
     * Writes a matrix to a place in this one.
     *
     * @param row where its first row goes
     * @param col where its first column goes
     * @throws ShapeException if it does not lie inside
     */
    public void write(Matrix part, int row, int col) {
        requireInside(row, row + part.rows, col, col + part.cols);
        for (int j = 0; j < part.cols; j++) {
            System.arraycopy(part.values, j * part.rows, values, row + (col + j) * rows, part.rows);
        }
    }

    private void requireInside(int firstRow, int endRow, int firstCol, int endCol) {
        if (firstRow < 0 || firstRow > endRow || endRow > rows || firstCol < 0 || firstCol > endCol || endCol > cols) {
            throw new ShapeException("The rows " + firstRow + " to " + endRow + " and columns " + firstCol + " to "
                    + endCol + " (ends excluded) are no part of a " + this + ".");
        }
    }

    /**
     * The matrix [A; B] of one above the other.
     *
     * @throws ShapeException if the matrices differ in their number of columns
     */
    public static Matrix above(Matrix a, Matrix b) {
        if (a.cols != b.cols) {
            throw new ShapeException(
                    "A matrix above another needs as many columns, but they are " + a + " and " + b + ".");
        }
        Matrix stacked = zeros(a.rows + b.rows, a.cols);
        stacked.write(a, 0, 0);
        stacked.write(b, a.rows, 0);
        return stacked;
    }

    /**
     * The matrix [A B] of one beside the other.
     *
     * @throws ShapeException if the matrices differ in their number of rows
     */
    public static Matrix beside(Matrix a, Matrix b) {
        if (a.rows != b.rows) {
            throw new ShapeException(
                    "A matrix beside another needs as many rows, but they are " + a + " and " + b + ".");
        }
        double[] joined = Arrays.copyOf(a.values, a.values.length + b.values.length);
        System.arraycopy(b.values, 0, joined, a.values.length, b.values.length);
        return new Matrix(a.rows, a.cols + b.cols, joined);
    }

    /** The matrix with a row of ones below it, which a bias is the weight of. */
    public Matrix aboveOnes() {
        Matrix ones = zeros(1, cols);
        Arrays.fill(ones.values, 1);
        return above(this, ones);
    }

    /** The largest absolute value of an entry, 0 for an empty matrix; NaN if one is. */
    public double maxAbs() {
        double max = 0;
        for (double value : values) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }

    /** The Frobenius norm ‖M‖_F. */
    public double frobeniusNorm() {
        double scale = maxAbs();
        if (scale == 0 || !Double.isFinite(scale)) {
            return scale;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value / scale) * (value / scale);
        }
        return scale * Math.sqrt(sum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that
                && rows == that.rows
                && cols == that.cols
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + cols) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "matrix [" + rows + ", " + cols + "]";
    }
}
