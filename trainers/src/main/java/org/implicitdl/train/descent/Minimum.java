package org.implicitdl.train.descent;

import org.implicitdl.operator.Matrix;

/**
 * What a descent came to.
 *
 * @param w the best matrix that was found; it fulfils the constraints
 * @param value f(W) + g(W)
 * @param iterations how many were made
 * @param residual how far W is from a minimum, in the method's measure
 * @param converged whether the residual is within the tolerance
 */
public record Minimum(Matrix w, double value, int iterations, double residual, boolean converged) {}
