package org.implicitdl.convert.compress;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorAlgebra;
import org.implicitdl.operator.SparseMatrix;

/**
 * Leaves out the coefficients of A, B, C and D that are least in absolute value (§6); biases stay. Every |aᵢⱼ| is as
 * before or zero, so that a certificate by a norm, by Perron–Frobenius or by triangular structure holds for what is left.
 *
 * @param kept the share of the nonzero coefficients that stays, from 0 to 1
 * @param scope whether the share is of all coefficients or of each block
 */
public record Pruning(double kept, Scope scope) implements Compression {
    private static final int BISECTIONS = 12;

    /** What a share is of. */
    public enum Scope {
        /** One threshold for the model. */
        WHOLE_MODEL,
        /** A threshold for each block, such as a layer's weights, since the layers of a network differ in scale. */
        EACH_BLOCK
    }

    /** @throws IllegalArgumentException if the share is not from 0 to 1 */
    public Pruning {
        if (!(kept >= 0 && kept <= 1)) {
            throw new IllegalArgumentException(
                    "The share of coefficients that stays must lie between 0 and 1, but is " + kept + ".");
        }
    }

    /** Keeps the given share of all coefficients. */
    public static Pruning keeping(double share) {
        return new Pruning(share, Scope.WHOLE_MODEL);
    }

    /** Keeps the given share of each block's coefficients. */
    public static Pruning keepingOfEachBlock(double share) {
        return new Pruning(share, Scope.EACH_BLOCK);
    }

    /**
     * The strongest pruning, to within 2⁻¹² of all coefficients, for which {@link ErrorBound} proves that no output
     * changes by more than a tolerance for any input of a box.
     *
     * @throws IllegalArgumentException if the tolerance is negative or NaN
     */
    public static Pruning within(double tolerance, ImplicitModel model, InputBox box) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("The tolerance must be at least 0, but is " + tolerance + ".");
        }
        double enough = 1;
        double tooFew = 0;
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (enough + tooFew) / 2;
            if (ErrorBound.of(model, keeping(middle).apply(model), box).largest() <= tolerance) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return keeping(enough);
    }

    @Override
    public String name() {
        return String.format(
                Locale.ROOT,
                "keep %.1f %% of %s",
                100 * kept,
                scope == Scope.EACH_BLOCK ? "each block" : "all coefficients");
    }

    /** @throws org.implicitdl.operator.TooLargeException if a block has too many nonzeros */
    @Override
    public ImplicitModel apply(ImplicitModel model) {
        if (scope == Scope.EACH_BLOCK) {
            return WeightBlocks.map(model, block -> prune(block, threshold(sizes(block))));
        }
        double threshold = threshold(WeightBlocks.of(model).flatMapToDouble(Pruning::sizes));
        return WeightBlocks.map(model, block -> prune(block, threshold));
    }

    private static DoubleStream sizes(LinearOperator block) {
        SparseMatrix matrix = SparseMatrix.of(block);
        return IntStream.range(0, matrix.nonzeros()).mapToDouble(k -> Math.abs(matrix.value(k)));
    }

    /** The least size that stays: as many as the share says, and those of the same size as the last of them. */
    double threshold(DoubleStream sizes) {
        double[] sorted = sizes.sorted().toArray();
        int leaving = sorted.length - (int) Math.ceil(kept * sorted.length);
        return leaving == sorted.length ? Double.POSITIVE_INFINITY : sorted[leaving];
    }

    private static LinearOperator prune(LinearOperator block, double threshold) {
        SparseMatrix all = SparseMatrix.of(block);
        SparseMatrix left = all.map(value -> Math.abs(value) < threshold ? 0 : value);
        return left.nonzeros() == all.nonzeros() ? block : left.toOperator(OperatorAlgebra.typeOf(block));
    }
}
