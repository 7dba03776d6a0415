package org.implicitdl.zoo.synthetic;

/**
 * What a method made of a trial.
 *
 * @param method the id of the method
 * @param trial the number of the trial
 */
public record Outcome(Covariance covariance, String method, int trial, LearningCurve curve) {}
