package org.implicitdl.train.descent;

import java.util.OptionalDouble;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;

/**
 * f(W) = ½⟨W, WH⟩ − ⟨W, G⟩ + c: the squared loss in W through the sums over the samples alone, so that a step costs as much for
 * a million samples as for one.
 *
 * @param hessian H [k, k], symmetric positive semidefinite
 * @param linear G [q, k]
 * @param constant c
 * @param curvature the largest eigenvalue of H
 */
public record QuadraticFunction(Matrix hessian, Matrix linear, double constant, double curvature)
        implements SmoothFunction {

    /** @throws ShapeException if the sizes do not fit */
    public QuadraticFunction {
        if (hessian.rows() != hessian.cols() || linear.cols() != hessian.cols()) {
            throw new ShapeException("A quadratic function takes H [k, k] and G [q, k], but they are " + hessian
                    + " and " + linear + ".");
        }
    }

    /**
     * ½‖Y − WS‖²_F.
     *
     * @param s S [k, m]
     * @param y Y [q, m]
     * @throws ShapeException if S and Y differ in their number of samples
     */
    public static QuadraticFunction leastSquares(Matrix s, Matrix y) {
        Matrix hessian = Lapack.gram(s);
        double[] eigenvalues = Lapack.symmetricEigenvalues(hessian);
        double norm = y.frobeniusNorm();
        // The eigenvalue is exact to rounding; a hair more keeps it a bound.
        double curvature = eigenvalues[eigenvalues.length - 1] * (1 + 1e-10);
        return new QuadraticFunction(
                hessian, Lapack.timesTranspose(y, s), 0.5 * norm * norm, Math.max(curvature, Double.MIN_NORMAL));
    }

    @Override
    public OptionalDouble curvatureBound() {
        return OptionalDouble.of(curvature);
    }

    @Override
    public Point at(Matrix w) {
        Matrix image = Lapack.times(w, hessian);
        double value = constant;
        Matrix gradient = image.copy();
        for (int i = 0; i < image.values().length; i++) {
            value += w.values()[i] * (0.5 * image.values()[i] - linear.values()[i]);
            gradient.values()[i] -= linear.values()[i];
        }
        return new Evaluated(this, w, value, gradient);
    }

    private record Evaluated(QuadraticFunction function, Matrix w, double value, Matrix gradient) implements Point {
        @Override
        public Point at(Matrix other) {
            return function.at(other);
        }
    }
}
