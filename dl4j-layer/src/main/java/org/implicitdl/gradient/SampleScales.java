package org.implicitdl.gradient;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Powers of two that bring the samples of a linear system to sizes of about one. A loss of a large batch has derivatives
 * of 1e-6 and less, of which a solver that compares residuals to max(‖x‖, 1) would take zero for the solution. Powers of
 * two round nothing.
 */
final class SampleScales {
    private final double[] factors;

    private SampleScales(double[] factors) {
        this.factors = factors;
    }

    /** The scales for a right side [n, m]: 1 where it is zero or not finite. */
    static SampleScales of(INDArray right) {
        double[] factors = sums(right);
        int limit = largestExponent(right.dataType());
        for (int j = 0; j < factors.length; j++) {
            int exponent = factors[j] == 0 || !Double.isFinite(factors[j]) ? 0 : Math.getExponent(factors[j]);
            factors[j] = Math.scalb(1.0, Math.max(-limit, Math.min(limit, -exponent)));
        }
        return new SampleScales(factors);
    }

    /** Whether every entry of a column is finite, and their sum as well. */
    static boolean[] finite(INDArray x) {
        double[] sums = sums(x);
        boolean[] finite = new boolean[sums.length];
        for (int j = 0; j < sums.length; j++) {
            finite[j] = Double.isFinite(sums[j]);
        }
        return finite;
    }

    /** ∑|x| of every column; a maximum may pass over a NaN. */
    private static double[] sums(INDArray x) {
        return x.norm1(0).reshape(x.size(1)).toDoubleVector();
    }

    /** An exponent whose power of two and its reciprocal are normal numbers. */
    private static int largestExponent(DataType type) {
        return switch (type) {
            case DOUBLE -> 1000;
            case HALF -> 14;
            default -> 120;
        };
    }

    /** The scaled samples, as a new array. */
    INDArray scaled(INDArray x) {
        return x.mulRowVector(row(x.dataType(), 1));
    }

    /** Takes the scaling back, in place. */
    INDArray unscale(INDArray x) {
        return x.muliRowVector(row(x.dataType(), -1));
    }

    private INDArray row(DataType type, int power) {
        double[] row = new double[factors.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = power > 0 ? factors[j] : 1 / factors[j];
        }
        return Nd4j.createFromArray(row).castTo(type).reshape(1, row.length);
    }
}
