package org.implicitdl.train.feedforward;

import org.implicitdl.operator.Matrix;

/**
 * The second derivative ∇²Φ(s) = RRᵀ of a link's potential at the weighted inputs S [n, m] of samples: diag(φ'(s)) of an
 * activation, diag(p) − ppᵀ of the softmax. As the derivative of φ = ∇Φ it is symmetric: it serves forward and backward.
 */
public sealed interface Curvature permits DiagonalCurvature, SoftmaxCurvature {

    /** ∇²Φ(s)t, sample by sample, for T [n, m]. */
    Matrix times(Matrix t);

    /** Rt, sample by sample, for T [n, m]. */
    Matrix factorTimes(Matrix t);

    /** Rᵀt, sample by sample, for T [n, m]. */
    Matrix transposeFactorTimes(Matrix t);
}
