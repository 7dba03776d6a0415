package org.implicitdl.zoo.race;

/**
 * A value of a hyperparameter that was tried.
 *
 * @param curve on the validation images
 */
public record Candidate(double value, Curve curve) {

    /** The accuracy on the validation images in the end; below all others if the training failed. */
    public double validationAccuracy() {
        return curve.last().map(CurvePoint::validationAccuracy).orElse(Double.NEGATIVE_INFINITY);
    }
}
