package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * The number of nonzeros of an operator, without looking for each, in time proportional to what is stored. Exact, but for
 * products of low rank, which are counted as full, and parts of convolutions, which are taken to be as dense as the whole.
 */
public final class NonzeroCount {
    private NonzeroCount() {}

    /** The number of nonzeros. */
    public static long of(LinearOperator operator) {
        if (operator.isZero()) {
            return 0;
        }
        if (operator instanceof BlockOperator block) {
            long sum = 0;
            for (int i = 0; i < block.rowBlocks().count(); i++) {
                sum += block.row(i).values().stream()
                        .mapToLong(NonzeroCount::of)
                        .sum();
            }
            return sum;
        }
        if (operator instanceof PaddedOperator padded) {
            return of(padded.core());
        }
        if (operator instanceof ConvolutionOperator convolution) {
            return convolution.nonzeros();
        }
        if (operator instanceof SparseOperator sparse) {
            return sparse.nonzeros();
        }
        if (operator instanceof SubmatrixOperator part) {
            double share = (double) part.rows()
                    * part.cols()
                    / ((double) part.whole().rows() * part.whole().cols());
            return (long) Math.ceil(share * of(part.whole()));
        }
        if (operator instanceof IdentityOperator || operator instanceof DiagonalOperator) {
            return operator.rows();
        }
        return operator instanceof DenseOperator dense
                ? dense.matrix().neq(0).castTo(DataType.INT64).sumNumber().longValue()
                : (long) operator.rows() * operator.cols();
    }
}
