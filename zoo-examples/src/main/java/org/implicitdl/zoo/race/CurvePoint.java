package org.implicitdl.zoo.race;

/**
 * How well a network does after an epoch.
 *
 * @param epoch counted from 1
 * @param seconds of training until its end, without what measuring takes
 * @param validationAccuracy the part of the validation images that is recognized
 * @param testAccuracy the part of the test images that is recognized
 */
public record CurvePoint(int epoch, double seconds, double validationAccuracy, double testAccuracy) {}
