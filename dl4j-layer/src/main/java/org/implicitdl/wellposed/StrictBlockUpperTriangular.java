package org.implicitdl.wellposed;

import java.util.Arrays;
import org.implicitdl.operator.Lines;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;

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
        Lines lines = Lines.of(a);
        double[] line = new double[lines.length()];
        for (int k = 0; k < lines.count(); k++) {
            lines.read(k, 0, line.length, line, 0);
            if (!isZero(line, zerosFrom(lines, k), zerosTo(lines, k)) || !isFinite(line)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean enforce(INDArray a) {
        check(a);
        NonFiniteException.check("matrix", a);
        Lines lines = Lines.of(a);
        double[] line = new double[lines.length()];
        double[] zeros = new double[lines.length()];
        boolean changed = false;
        for (int k = 0; k < lines.count(); k++) {
            int from = zerosFrom(lines, k);
            int to = zerosTo(lines, k);
            lines.read(k, from, to, line, from);
            if (!isZero(line, from, to)) {
                lines.write(k, from, to, zeros, 0);
                changed = true;
            }
        }
        return changed;
    }

    /** In a column the zeros begin with its own block, in a row with the first. */
    private int zerosFrom(Lines lines, int k) {
        return lines.areColumns() ? partition.start(partition.blockOf(k)) : 0;
    }

    /** In a column the zeros end with the last block, in a row with its own. */
    private int zerosTo(Lines lines, int k) {
        return lines.areColumns() ? partition.total() : partition.end(partition.blockOf(k));
    }

    private static boolean isZero(double[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFinite(double[] line) {
        for (double entry : line) {
            if (!Double.isFinite(entry)) {
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
