package org.implicitdl.train.equilibrium;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;

/**
 * L(Y, Ŷ) + ½∑ⱼwⱼ‖Meⱼ‖² over M = [A B; C D] with ‖A‖∞ ≤ κ.
 *
 * @param kappa κ
 * @param ball the constraint on M
 * @param columnWeights w [n + p]
 */
record PolishObjective(ImplicitLoss loss, double kappa, Penalty ball, double[] columnWeights) {

    /** @param model of the shape of M */
    static PolishObjective of(ImplicitLoss loss, double kappa, ModelMatrix model, double[] columnWeights) {
        int n = model.states();
        Matrix m = model.m();
        Penalty ball = Parts.of(m.rows(), m.cols()).with(0, n, 0, n, L1Ball.ofRows(kappa));
        return new PolishObjective(loss, kappa, ball, columnWeights.clone());
    }

    double value(ImplicitLoss.LossPoint at) {
        double value = at.value();
        double[] m = at.w().values();
        for (int i = 0; i < m.length; i++) {
            value += 0.5 * columnWeights[i / at.w().rows()] * m[i] * m[i];
        }
        return value;
    }

    Matrix gradient(ImplicitLoss.LossPoint at) {
        Matrix gradient = at.gradient().copy();
        for (int i = 0; i < gradient.values().length; i++) {
            gradient.values()[i] += columnWeights[i / gradient.rows()] * at.w().values()[i];
        }
        return gradient;
    }

    /** The nearest matrix in the ball. */
    Matrix projection(Matrix m) {
        return ball.prox(m, 1);
    }

    /** The block A of a matrix of the shape of M. */
    Matrix states(Matrix m) {
        int n = loss.states();
        return m.part(0, n, 0, n);
    }
}
