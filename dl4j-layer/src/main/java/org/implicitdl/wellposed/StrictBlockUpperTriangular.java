package org.implicitdl.wellposed;

import java.util.Arrays;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The strictly block upper triangular matrices, which is the constraint of (6) and the shape of a feedforward network
 * (§2.2): well-posed for every φ that acts on each block alone. The projection sets the other blocks to zero.
 *
 * @param partition the division of rows and columns into blocks
 */
public record StrictBlockUpperTriangular(Partition partition) implements ConvexSet {

    @Override
    public boolean contains(INDArray a) {
        check(a);
        for (int i = 0; i < partition.count(); i++) {
            // The sum of absolute values is zero, or NaN, exactly if the entries are.
            if (a.get(rows(i), lower(i)).norm1Number().doubleValue() != 0) {
                return false;
            }
        }
        return Double.isFinite(a.norm1Number().doubleValue()) || isFinite(a);
    }

    @Override
    public INDArray project(INDArray a) {
        SetArguments.finiteMatrix(a);
        check(a);
        INDArray projected = a.dup('f');
        for (int i = 0; i < partition.count(); i++) {
            projected.get(rows(i), lower(i)).assign(0);
        }
        return projected;
    }

    private INDArrayIndex rows(int i) {
        return NDArrayIndex.interval(partition.start(i), partition.end(i));
    }

    /** The columns up to those of block i itself. */
    private INDArrayIndex lower(int i) {
        return NDArrayIndex.interval(0, partition.end(i));
    }

    private static boolean isFinite(INDArray a) {
        for (long i = 0; i < a.length(); i++) {
            if (!Double.isFinite(a.getDouble(i))) {
                return false;
            }
        }
        return true;
    }

    private void check(INDArray a) {
        SetArguments.matrix(a);
        if (a.size(0) != partition.total() || a.size(1) != partition.total()) {
            throw new ShapeException("A matrix divided into the blocks " + partition + " must be ["
                    + partition.total() + ", " + partition.total() + "], but has the shape "
                    + Arrays.toString(a.shape()) + ".");
        }
    }
}
