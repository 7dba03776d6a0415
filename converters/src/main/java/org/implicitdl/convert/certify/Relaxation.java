package org.implicitdl.convert.certify;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Linear functions below and above φ on a box: α₁z + β₁ ≤ φ(z) ≤ α₂z + β₂, each an array [n, m].
 *
 * @param lowerSlope α₁
 * @param lowerOffset β₁
 * @param upperSlope α₂
 * @param upperOffset β₂
 */
record Relaxation(INDArray lowerSlope, INDArray lowerOffset, INDArray upperSlope, INDArray upperOffset) {

    /** The functions that lie below and above λ⊙φ for coefficients λ of either sign. */
    Line below(INDArray lambda) {
        INDArray positive = Transforms.max(lambda, 0, true);
        INDArray negative = Transforms.min(lambda, 0, true);
        return new Line(
                positive.mul(lowerSlope).addi(negative.mul(upperSlope)),
                positive.mul(lowerOffset).addi(negative.mul(upperOffset)));
    }

    /** A function μ⊙z + β of each component. */
    record Line(INDArray slope, INDArray offset) {}

    /** Constants: what any box gives. */
    static Relaxation constant(Box image) {
        INDArray zero = Nd4j.zeros(image.center().dataType(), image.center().shape());
        return new Relaxation(zero, image.lower(), zero, image.upper());
    }
}
