package org.implicitdl.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array [n, m] of samples in columns, each of which lies in memory without gaps.
 *
 * @param numbers the numbers
 * @param stride how far apart the columns are
 * @param rows n
 * @param samples m
 */
public record Panel(Numbers numbers, long stride, int rows, int samples) {

    /** An array for reading: the array itself if its columns have no gaps, a copy otherwise. */
    public static Panel of(INDArray x) {
        return isPanel(x) ? view(x) : view(x.dup('f'));
    }

    /**
     * An array for writing.
     *
     * @throws IllegalArgumentException if its columns have gaps
     */
    public static Panel into(INDArray y) {
        if (!isPanel(y)) {
            throw new IllegalArgumentException("Results go to an array with columns without gaps, but this one has the"
                    + " strides " + Arrays.toString(y.stride()) + "; create it in 'f' order.");
        }
        return view(y);
    }

    /** Where a sample begins. */
    public long start(int sample) {
        return sample * stride;
    }

    /** Whether the columns have no gaps between them either. */
    public boolean isContiguous() {
        return samples == 1 || stride == rows;
    }

    /** Whether the columns of an array have no gaps. */
    public static boolean isPanel(INDArray x) {
        return x.size(0) == 1 || x.stride(0) == 1;
    }

    private static Panel view(INDArray x) {
        long stride = x.size(1) == 1 ? x.size(0) : x.stride(1);
        return new Panel(Numbers.of(x), stride, (int) x.size(0), (int) x.size(1));
    }
}
