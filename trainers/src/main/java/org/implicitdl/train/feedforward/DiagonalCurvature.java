package org.implicitdl.train.feedforward;

import org.implicitdl.operator.Matrix;

/**
 * ∇²Φ(s) = diag(φ'(s)) of an activation, with R = diag(√φ'(s)).
 *
 * @param slopes φ'(S) [n, m]
 */
record DiagonalCurvature(Matrix slopes) implements Curvature {

    @Override
    public Matrix times(Matrix t) {
        Matrix product = t.copy();
        for (int i = 0; i < slopes.values().length; i++) {
            product.values()[i] *= slopes.values()[i];
        }
        return product;
    }

    @Override
    public Matrix factorTimes(Matrix t) {
        Matrix product = t.copy();
        for (int i = 0; i < slopes.values().length; i++) {
            product.values()[i] *= Math.sqrt(slopes.values()[i]);
        }
        return product;
    }

    @Override
    public Matrix transposeFactorTimes(Matrix t) {
        return factorTimes(t);
    }
}
