package org.implicitdl.convert.compress;

import java.util.Arrays;
import java.util.Locale;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.LowRankOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.OperatorAlgebra;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.TooLargeException;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Writes the blocks of A, B, C and D as LRᵀ (§6.3) by their largest singular values, the nearest matrices of a rank in
 * ‖·‖₂ and ‖·‖_F (Eckart and Young, 1936), wherever L and R have fewer entries than the block has nonzeros.
 *
 * @param rank the largest rank
 * @param error the largest ‖M − LRᵀ‖_F / ‖M‖_F, for which the rank is chosen as low as possible; 0 takes {@code rank}
 */
public record LowRank(int rank, double error) implements Compression {
    private static final long MOST_ENTRIES = 1L << 24;

    /** @throws IllegalArgumentException if the rank is not positive, or the error not in [0, 1) */
    public LowRank {
        if (rank < 1 || !(error >= 0 && error < 1)) {
            throw new IllegalArgumentException(
                    "The rank must be at least 1 and the relative error in [0, 1), but they are " + rank + " and "
                            + error + ".");
        }
    }

    /** Of a rank of at most k. */
    public static LowRank ofRank(int k) {
        return new LowRank(k, 0);
    }

    /** Of the least rank with a relative error of at most ε in each block. */
    public static LowRank ofError(double error) {
        return new LowRank(Integer.MAX_VALUE, error);
    }

    @Override
    public String name() {
        return rank == Integer.MAX_VALUE
                ? String.format(Locale.ROOT, "low rank to %.3g", error)
                : "rank " + rank + (error == 0 ? "" : String.format(Locale.ROOT, " or to %.3g", error));
    }

    /**
     * {@inheritDoc}
     *
     * @throws TooLargeException if a block has more than 2²⁴ entries
     * @throws org.implicitdl.wellposed.IllPosedException if the original is certified well-posed, but the smaller model
     *     is not; a larger rank helps
     */
    @Override
    public ImplicitModel apply(ImplicitModel model) {
        ImplicitModel smaller = WeightBlocks.map(model, this::factorize);
        model.certificate();
        smaller.certificate();
        return smaller;
    }

    private LinearOperator factorize(LinearOperator block) {
        long entries = (long) block.rows() * block.cols();
        if (entries > MOST_ENTRIES) {
            throw new TooLargeException("Singular values are computed of blocks of up to " + MOST_ENTRIES
                    + " entries, but " + block + " has " + entries + "; use pruning.");
        }
        SparseMatrix nonzeros = SparseMatrix.of(block);
        Lapack.Svd svd = Lapack.svd(nonzeros.toMatrix());
        int k = Math.min(rank, leastRank(svd.singularValues()));
        if ((long) k * (block.rows() + block.cols()) >= nonzeros.nonzeros()) {
            return block;
        }
        Matrix left = Matrix.zeros(block.rows(), k);
        Matrix right = Matrix.zeros(block.cols(), k);
        for (int r = 0; r < k; r++) {
            // Shared evenly, so that neither factor is much larger than the other.
            double scale = Math.sqrt(svd.singularValues()[r]);
            for (int i = 0; i < block.rows(); i++) {
                left.set(i, r, scale * svd.u().get(i, r));
            }
            for (int j = 0; j < block.cols(); j++) {
                right.set(j, r, scale * svd.vt().get(r, j));
            }
        }
        DataType type = OperatorAlgebra.typeOf(block);
        return LowRankOperator.of(DenseOperator.copyOf(left.toArray(type)), DenseOperator.copyOf(right.toArray(type)));
    }

    /** The least rank within the error; at least 1. */
    private int leastRank(double[] singularValues) {
        double total = Arrays.stream(singularValues).map(s -> s * s).sum();
        double left = 0;
        int k = singularValues.length;
        while (k > 1 && left + singularValues[k - 1] * singularValues[k - 1] <= error * error * total) {
            left += singularValues[k - 1] * singularValues[k - 1];
            k--;
        }
        return k;
    }
}
