package org.implicitdl.wellposed;

import org.implicitdl.operator.Lines;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrices with ‖A‖∞ ≤ κ (5): every row lies in the ℓ₁ ball of radius κ.
 *
 * <p>Rows outside are projected to a radius smaller than κ by no more than two roundings of the data type, so that their
 * sum stays within κ however it is evaluated in double precision. Rows inside are not touched.
 *
 * @param kappa the radius κ; below 1/L for well-posedness
 */
public record RowL1Ball(double kappa) implements ConvexSet {
    /** How many rows are gathered from a matrix stored by columns in one pass: little enough for the cache. */
    private static final int TILE = 128;

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public RowL1Ball {
        SetArguments.radius(kappa);
    }

    @Override
    public boolean contains(INDArray a) {
        SetArguments.matrix(a);
        for (double sum : Lines.of(a).absoluteRowSums()) {
            if (!(sum <= kappa)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean enforce(INDArray a) {
        SetArguments.matrix(a);
        Lines lines = Lines.of(a);
        double[] sums = lines.absoluteRowSums();
        int first = nextOutside(sums, 0);
        if (first == sums.length) {
            return false;
        }
        for (double sum : sums) {
            if (!Double.isFinite(sum)) {
                NonFiniteException.check("matrix", a);
            }
        }
        int cols = (int) a.size(1);
        L1Projection projection = L1Projection.into(kappa, SetArguments.unit(a), cols);
        if (lines.areColumns()) {
            projectAcross(lines, sums, first, projection);
        } else {
            projectAlong(lines, sums, first, projection);
        }
        return true;
    }

    /** The first row from i on that is outside the ball, or the number of rows. */
    private int nextOutside(double[] sums, int i) {
        int next = i;
        // NaN counts as outside.
        while (next < sums.length && sums[next] <= kappa) {
            next++;
        }
        return next;
    }

    private void projectAlong(Lines rows, double[] sums, int first, L1Projection projection) {
        double[] row = new double[rows.length()];
        for (int i = first; i < sums.length; i = nextOutside(sums, i + 1)) {
            rows.read(i, 0, row.length, row, 0);
            projection.project(row, 0, row.length, sums[i]);
            rows.write(i, 0, row.length, row, 0);
        }
    }

    private void projectAcross(Lines columns, double[] sums, int first, L1Projection projection) {
        int length = columns.count();
        // Rows a power of two apart would share one place of the cache.
        int pitch = length + 8;
        double[] tile = new double[Math.min(TILE, sums.length - first) * pitch];
        double[] part = new double[TILE];
        for (int start = first; start < sums.length; ) {
            int end = Math.min(start + TILE, sums.length);
            for (int j = 0; j < length; j++) {
                columns.read(j, start, end, part, 0);
                for (int i = start; i < end; i++) {
                    tile[(i - start) * pitch + j] = part[i - start];
                }
            }
            for (int i = nextOutside(sums, start); i < end; i = nextOutside(sums, i + 1)) {
                int row = (i - start) * pitch;
                projection.project(tile, row, row + length, sums[i]);
            }
            for (int j = 0; j < length; j++) {
                for (int i = start; i < end; i++) {
                    part[i - start] = tile[(i - start) * pitch + j];
                }
                columns.write(j, start, end, part, 0);
            }
            start = nextOutside(sums, end);
        }
    }
}
