package org.implicitdl.file;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array over stored numbers.
 *
 * @param array which of the stored arrays
 * @param shape the sizes
 * @param order 'c' or 'f'
 */
record ArrayForm(int array, long[] shape, char order) {

    /** The strides of an array without gaps. */
    static long[] strides(long[] shape, char order) {
        long[] strides = new long[shape.length];
        long next = 1;
        for (int k = 0; k < shape.length; k++) {
            int d = order == 'f' ? k : shape.length - 1 - k;
            strides[d] = next;
            next *= shape[d];
        }
        return strides;
    }

    /** Whether the numbers of an array lie in an order without gaps. */
    static boolean isStored(INDArray array, char order) {
        long[] strides = strides(array.shape(), order);
        return IntStream.range(0, strides.length).allMatch(d -> array.size(d) == 1 || array.stride(d) == strides[d]);
    }
}
