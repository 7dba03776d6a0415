package org.implicitdl.train.equilibrium;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * What the weights M = [A B; C D] meet in the samples.
 *
 * @param x the states X [n, m], which A and C meet
 * @param u the inputs U [p, m], which B meets
 * @param v the inputs V [r, m], which D meets
 */
record Signals(Matrix x, Matrix u, Matrix v) {

    /** [WXᵀ WUᵀ; EXᵀ EVᵀ] in the shape of M, for W [n, m] at the weighted inputs and E [q, m] at the outputs. */
    Matrix outer(Matrix w, Matrix e) {
        return ModelMatrix.of(new ImplicitWeights(
                        Lapack.timesTranspose(w, x),
                        Lapack.timesTranspose(w, u),
                        Lapack.timesTranspose(e, x),
                        Lapack.timesTranspose(e, v)))
                .m();
    }

    /** The squares, entry by entry. */
    Signals squared() {
        return new Signals(x.squared(), u.squared(), v.squared());
    }
}
