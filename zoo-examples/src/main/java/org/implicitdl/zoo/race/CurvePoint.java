package org.implicitdl.zoo.race;

/**
 * How well a network does in the course of its training.
 *
 * @param epochs of training so far, with the share of the last one that is done
 * @param seconds of training so far, without what measuring takes
 * @param validationAccuracy the part of the validation images that is recognized
 * @param testAccuracy the part of the test images that is recognized
 */
public record CurvePoint(double epochs, double seconds, double validationAccuracy, double testAccuracy) {}
