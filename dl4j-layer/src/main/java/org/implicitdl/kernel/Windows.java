package org.implicitdl.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which points of a grid lie in which window: what convolution and pooling of one, two or three dimensions share. Tap k
 * of window p is the point {@code p·stride − pad + k·dilation} in every dimension, if the grid has it.
 *
 * <p>The numbers of a channel lie in 'c' order of the grid, and those of the windows in 'c' order of their places.
 */
public final class Windows {
    private final int grid;
    private final int taps;
    private final int count;
    private final int[] table;
    private final int[][] arguments;

    private Windows(int grid, int taps, int count, int[] table, int[][] arguments) {
        this.grid = grid;
        this.taps = taps;
        this.count = count;
        this.table = table;
        this.arguments = arguments;
    }

    /**
     * Windows over a grid; all arguments have one entry for each dimension.
     *
     * @param grid the size of the grid
     * @param kernel the number of taps
     * @param stride how far apart windows are
     * @param dilation how far apart taps are
     * @param pad how many points before the grid the first window begins
     * @param places the number of windows
     * @throws IllegalArgumentException if the numbers of entries differ, or a size, stride or dilation is not positive
     */
    public static Windows of(int[] grid, int[] kernel, int[] stride, int[] dilation, int[] pad, int[] places) {
        for (int[] sizes : new int[][] {grid, kernel, stride, dilation, places}) {
            if (sizes.length != grid.length || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
                throw new IllegalArgumentException("Windows over a grid " + Arrays.toString(grid) + " need a positive"
                        + " kernel, stride, dilation and number of places in each of its dimensions, but one of them is "
                        + Arrays.toString(sizes) + ".");
            }
        }
        if (pad.length != grid.length) {
            throw new IllegalArgumentException("The padding " + Arrays.toString(pad) + " must have one entry for each"
                    + " dimension of the grid " + Arrays.toString(grid) + ".");
        }
        int[] points = {0};
        for (int d = 0, taps = 1, windows = 1; d < grid.length; taps *= kernel[d], windows *= places[d], d++) {
            int[] along = along(grid[d], kernel[d], stride[d], dilation[d], pad[d], places[d]);
            points = combine(points, taps, windows, along, kernel[d], places[d], grid[d]);
        }
        int[][] arguments = {grid.clone(), kernel.clone(), stride.clone(), dilation.clone(), pad.clone(), places.clone()
        };
        return new Windows(product(grid), product(kernel), product(places), points, arguments);
    }

    /** The whole grid as one window, as in global pooling. */
    public static Windows whole(int points) {
        return of(new int[] {points}, new int[] {points}, new int[] {1}, new int[] {1}, new int[1], new int[] {1});
    }

    /** The point of each tap (row) and window (column) in one dimension, −1 outside. */
    private static int[] along(int grid, int kernel, int stride, int dilation, int pad, int places) {
        int[] points = new int[kernel * places];
        for (int k = 0; k < kernel; k++) {
            for (int p = 0; p < places; p++) {
                int point = p * stride - pad + k * dilation;
                points[k * places + p] = point >= 0 && point < grid ? point : -1;
            }
        }
        return points;
    }

    /** The table of the dimensions so far and one more. */
    private static int[] combine(int[] outer, int taps, int windows, int[] inner, int kernel, int places, int grid) {
        int[] points = new int[taps * kernel * windows * places];
        for (int t = 0, at = 0; t < taps; t++) {
            for (int k = 0; k < kernel; k++) {
                for (int w = 0; w < windows; w++) {
                    for (int p = 0; p < places; p++, at++) {
                        int high = outer[t * windows + w];
                        int low = inner[k * places + p];
                        points[at] = high < 0 || low < 0 ? -1 : high * grid + low;
                    }
                }
            }
        }
        return points;
    }

    private static int product(int[] sizes) {
        return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    }

    /** What {@link #of} was given: grid, kernel, stride, dilation, pad and places, as copies. */
    public List<int[]> arguments() {
        return Arrays.stream(arguments).map(int[]::clone).toList();
    }

    /** The number of points of the grid. */
    public int points() {
        return grid;
    }

    /** The number of taps of a window. */
    public int taps() {
        return taps;
    }

    /** The number of windows. */
    public int count() {
        return count;
    }

    /** The point under a tap of a window, −1 outside of the grid. */
    public int point(int tap, int window) {
        return table[tap * count + window];
    }

    /** The number of taps of a window that lie inside of the grid. */
    public int inside(int window) {
        int inside = 0;
        for (int k = 0; k < taps; k++) {
            inside += point(k, window) >= 0 ? 1 : 0;
        }
        return inside;
    }

    /** Whether window p is point p and nothing else. */
    public boolean isPointwise() {
        return taps == 1 && count == grid && IntStream.range(0, count).allMatch(p -> table[p] == p);
    }

    /**
     * Unrolls one channel: row k, column p of the result is the number under tap k of window p, 0 outside.
     *
     * @param x the numbers, of which the channel begins at {@code from}
     * @param unrolled takes the [taps, count] matrix, stored by rows from {@code at} on
     */
    public void unroll(Numbers x, long from, Numbers unrolled, long at) {
        for (int i = 0; i < table.length; i++) {
            int point = table[i];
            unrolled.set(at + i, point < 0 ? 0 : x.get(from + point));
        }
    }

    /** The adjoint of {@link #unroll}: adds every entry of the matrix to the number that it was taken from. */
    public void rollUp(Numbers unrolled, long at, Numbers x, long to) {
        for (int i = 0; i < table.length; i++) {
            int point = table[i];
            if (point >= 0) {
                x.set(to + point, x.get(to + point) + unrolled.get(at + i));
            }
        }
    }

    /** Equal if they are the same windows of the same grid. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Windows that
                && grid == that.grid
                && taps == that.taps
                && Arrays.equals(table, that.table);
    }

    @Override
    public int hashCode() {
        return 31 * grid + Arrays.hashCode(table);
    }

    @Override
    public String toString() {
        return count + " windows of " + taps + " taps over " + grid + " points";
    }
}
