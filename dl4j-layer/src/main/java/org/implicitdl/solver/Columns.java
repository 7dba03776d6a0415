package org.implicitdl.solver;

import java.lang.ref.Reference;
import java.util.stream.IntStream;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Work on single samples, which are the columns of an array [n, m]. */
final class Columns {
    private Columns() {}

    /** The norms ‖·‖₂ of the columns. Huge finite entries whose squares overflow are no reason for an infinite norm. */
    static double[] norms(INDArray x) {
        Panel columns = Panel.viewOf(x, x.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT);
        double[] norms = new double[columns.columns()];
        for (int j = 0; j < norms.length; j++) {
            norms[j] = columns.norm(j);
        }
        Reference.reachabilityFence(columns.owner());
        for (int j = 0; j < norms.length; j++) {
            if (!Double.isFinite(norms[j])) {
                norms[j] = Matrix.copyOf(x.get(NDArrayIndex.all(), NDArrayIndex.interval(j, j + 1)))
                        .frobeniusNorm();
            }
        }
        return norms;
    }

    /** A copy of some columns, in 'f' order. */
    static INDArray gather(INDArray x, int[] columns) {
        return isIdentity(columns, x.size(1))
                ? x.dup('f')
                : x.getColumns(columns).dup('f');
    }

    /**
     * Writes some columns of one array to columns of another.
     *
     * @param from which columns of the source
     * @param to their places in the target
     */
    static void scatter(INDArray source, int[] from, INDArray target, int[] to) {
        for (int k = 0; k < from.length; ) {
            int first = k;
            while (++k < from.length && from[k] == from[k - 1] + 1 && to[k] == to[k - 1] + 1) {
                // Neighbours are written by one operation.
            }
            int length = k - first;
            target.get(NDArrayIndex.all(), NDArrayIndex.interval(to[first], to[first] + length))
                    .assign(source.get(NDArrayIndex.all(), NDArrayIndex.interval(from[first], from[first] + length)));
        }
    }

    /** A copy of some rows. */
    static INDArray gatherRows(INDArray x, int[] rows) {
        return gather(x.transpose(), rows).transpose();
    }

    /** Writes all rows of an array to rows of another. */
    static void scatterRows(INDArray source, INDArray target, int[] to) {
        scatter(source.transpose(), IntStream.range(0, to.length).toArray(), target.transpose(), to);
    }

    private static boolean isIdentity(int[] columns, long count) {
        return columns.length == count && IntStream.range(0, columns.length).allMatch(k -> columns[k] == k);
    }
}
