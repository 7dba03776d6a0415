package org.implicitdl.gradient;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which samples, the columns of an array, can be worked with. */
final class Samples {
    private Samples() {}

    /** The columns whose entries are finite, as is the sum of their absolute values. */
    static int[] finite(INDArray x) {
        int samples = (int) x.size(1);
        if (Double.isFinite(x.sumNumber().doubleValue())) {
            return IntStream.range(0, samples).toArray();
        }
        double[] sums = sums(x);
        return IntStream.range(0, samples).filter(j -> Double.isFinite(sums[j])).toArray();
    }

    /** ∑|x| of every column; a maximum may pass over a NaN. */
    static double[] sums(INDArray x) {
        return x.norm1(0).reshape(x.size(1)).toDoubleVector();
    }
}
