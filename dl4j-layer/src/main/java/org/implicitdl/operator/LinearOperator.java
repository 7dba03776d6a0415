package org.implicitdl.operator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear map M : ℝᶜᵒˡˢ → ℝʳᵒʷˢ, one of the matrices A, B, C, D of the prediction rule (1).
 *
 * <p>Samples are columns: an operator maps X [cols, m] to MX [rows, m]. Operators are immutable, so that models may
 * share them and any number of threads may use them; they keep their structure, and only {@link #toDense} expands it.
 */
public sealed interface LinearOperator
        permits BlockOperator,
                ConvolutionOperator,
                DenseOperator,
                DiagonalOperator,
                IdentityOperator,
                LowRankOperator,
                PaddedOperator,
                SparseOperator,
                SubmatrixOperator,
                ZeroOperator {

    /** The number of rows of the matrix: the size of its results. */
    int rows();

    /** The number of columns of the matrix: the size of its arguments. */
    int cols();

    /**
     * The product MX.
     *
     * @param x [cols, m], not changed
     * @return a new array [rows, m] in 'f' order, of the type of {@code x}
     * @throws ShapeException if {@code x} does not have {@link #cols()} rows
     */
    INDArray times(INDArray x);

    /**
     * Adds the product: Y += MX. A forward pass puts its states together in memory of its own by this.
     *
     * @param x [cols, m], not changed
     * @param y [rows, m] of the type of {@code x}, the caller's own, whose columns lie in memory without gaps
     * @throws ShapeException if {@code x} does not have {@link #cols()} rows
     */
    default void addTimes(INDArray x, INDArray y) {
        y.addi(times(x));
    }

    /** The transposed matrix Mᵀ, sharing the storage of this one. */
    LinearOperator transpose();

    /** The matrix |M| of absolute values, of the same structure if there is such. */
    LinearOperator abs();

    /**
     * The matrix itself.
     *
     * @return a new array [rows, cols] in 'f' order, which is the caller's own
     */
    INDArray toDense(DataType type);

    /** The sums ∑ⱼ|Mᵢⱼ| of the rows, whose largest is ‖M‖∞. */
    default double[] absoluteRowSums() {
        INDArray ones = Nd4j.ones(DataType.DOUBLE, cols(), 1);
        return abs().times(ones).reshape(rows()).toDoubleVector();
    }

    /** The induced norm ‖M‖∞ = maxᵢ ∑ⱼ|Mᵢⱼ| of (2). */
    default double normInf() {
        return Arrays.stream(absoluteRowSums()).max().orElse(0);
    }

    /** The induced norm ‖M‖₁ = maxⱼ ∑ᵢ|Mᵢⱼ| of (2). */
    default double norm1() {
        return transpose().normInf();
    }

    /** Whether every entry of the matrix is zero by structure: {@link ZeroOperator}, or blocks of such. */
    boolean isZero();

    /** The widest type in which an entry is stored; FLOAT if nothing is stored but zeros and ones. */
    default DataType dataType() {
        return DataType.FLOAT;
    }

    /** The number of stored entries: those that are not zero or one by structure. */
    default long parameterCount() {
        return 0;
    }
}
