package org.implicitdl.convert.certify;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The allowance for rounding. A sum of k products in double precision, in any order, lies within k·2⁻⁵³/(1 − k·2⁻⁵³)
 * times the sum of their absolute values of the exact one (Higham, Accuracy and Stability of Numerical Algorithms, 2002,
 * §3.1). The bounds are widened by more than twice that: once for their own computation, once for that of the output
 * with which somebody compares them. A φ is taken to be computed to 64 units in the last place.
 */
final class Outward {
    private static final double UNIT = 0x1p-53;
    private static final double FEW = 16 * UNIT;
    private static final double TINY = 0x1p-960;

    private Outward() {}

    /** The relative allowance for sums of so many products. */
    static double sums(long terms) {
        return 4 * (terms + 16) * UNIT;
    }

    /** A radius with an allowance for a few operations on the ends of c ± r, as a new array. */
    static INDArray widen(INDArray center, INDArray radius) {
        return Transforms.abs(center, true).addi(radius).muli(FEW).addi(radius).addi(TINY);
    }

    /** A nonnegative bound made larger by a relative allowance, in place. */
    static INDArray grow(INDArray bound, double relative) {
        return bound.muli(1 + relative).addi(TINY);
    }

    /** The radius around values of φ that are computed, not exact, as a new array. */
    static INDArray ofValues(INDArray values) {
        return Transforms.abs(values, true).muli(64 * UNIT).addi(TINY);
    }
}
