package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/** The first step of a block in plain matrices, samples as columns. */
final class SlowStep {
    private SlowStep() {}

    /** Θ + t(eSᵀ/m)(SSᵀ/m + ρI)⁻¹, ρ relative to the mean of the diagonal. */
    static Matrix stepped(Matrix theta, Matrix error, Matrix s, double length, double damping) {
        Matrix direction = Lapack.cholesky(damped(s, damping))
                .orElseThrow()
                .solve(Lapack.timesTranspose(s, error))
                .transpose();
        // The factors 1/m of the gradient and of the moments cancel.
        return theta.plus(length, direction);
    }

    /** m(SSᵀ/m + ρI). */
    static Matrix damped(Matrix s, double damping) {
        Matrix gram = Lapack.gram(s);
        double trace = 0;
        for (int i = 0; i < gram.rows(); i++) {
            trace += gram.get(i, i);
        }
        return gram.addToDiagonal(damping * trace / gram.rows());
    }
}
