package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.implicitdl.operator.BlockOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A matrix of blocks applied to boxes: M(c ± r) = Mc ± |M|r, with an allowance ε|M||c| for the rounding of the products.
 * Blocks of the argument that are null, not known yet, are left out.
 */
final class IntervalMatrix {
    private final BlockOperator matrix;
    private final BlockOperator abs;
    private final BlockOperator transposed;
    private final BlockOperator absTransposed;
    private final double epsilon;

    IntervalMatrix(BlockOperator matrix, double epsilon) {
        this.matrix = matrix;
        this.abs = (BlockOperator) matrix.abs();
        this.transposed = (BlockOperator) matrix.transpose();
        this.absTransposed = (BlockOperator) abs.transpose();
        this.epsilon = epsilon;
    }

    BlockOperator matrix() {
        return matrix;
    }

    /** Row i of blocks times boxes, or empty if it meets none. */
    Optional<Box> rowTimes(int i, List<Box> parts) {
        List<INDArray> centers = Arrays.asList(new INDArray[parts.size()]);
        List<INDArray> radii = Arrays.asList(new INDArray[parts.size()]);
        for (int j : used(matrix, i, parts)) {
            Box part = parts.get(j);
            centers.set(j, part.center());
            radii.set(j, Transforms.abs(part.center(), true).muli(epsilon).addi(part.radius()));
        }
        return rowTimes(matrix, i, centers)
                .map(center ->
                        new Box(center, Outward.grow(rowTimes(abs, i, radii).orElseThrow(), epsilon)));
    }

    /** Row i of |M| times nonnegative arrays, rounded up, or empty if it meets none. */
    Optional<INDArray> absRowTimes(int i, List<INDArray> parts) {
        return rowTimes(abs, i, parts).map(sum -> Outward.grow(sum, epsilon));
    }

    /** Row i of |M|ᵀ times nonnegative arrays, rounded up, or empty if it meets none. */
    Optional<INDArray> absTransposedRowTimes(int i, List<INDArray> parts) {
        return rowTimes(absTransposed, i, parts).map(sum -> Outward.grow(sum, epsilon));
    }

    /** Row i of Mᵀ times arrays, as it is computed, or empty if it meets none. */
    Optional<INDArray> transposedRowTimes(int i, List<INDArray> parts) {
        return rowTimes(transposed, i, parts);
    }

    /** The absolute values of row i of Mᵀ times arrays, rounded up, or empty if it meets none. */
    Optional<INDArray> transposedMagnitude(int i, List<INDArray> parts) {
        List<INDArray> sizes = parts.stream()
                .map(part -> part == null ? null : Transforms.abs(part, true).muli(epsilon))
                .collect(Collectors.toList());
        return transposedRowTimes(i, parts)
                .map(product -> Transforms.abs(product, false)
                        .addi(absTransposedRowTimes(i, sizes).orElseThrow()));
    }

    private static Optional<INDArray> rowTimes(BlockOperator matrix, int i, List<INDArray> parts) {
        INDArray sum = null;
        for (int j : used(matrix, i, parts)) {
            INDArray term = matrix.block(i, j).times(parts.get(j));
            sum = sum == null ? term : sum.addi(term);
        }
        return Optional.ofNullable(sum);
    }

    private static int[] used(BlockOperator matrix, int i, List<?> parts) {
        return IntStream.range(0, parts.size())
                .filter(j -> parts.get(j) != null && !matrix.block(i, j).isZero())
                .toArray();
    }
}
