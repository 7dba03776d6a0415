package org.implicitdl.solver;

import java.util.Optional;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Systems by {@link Gmres}, where A is too large to be factorized; it keeps its structure. */
final class KrylovSystem implements JacobianSystem {
    private static final Gmres GMRES = Gmres.withDefaults();

    private final LinearOperator a;

    KrylovSystem(LinearOperator a) {
        this.a = a;
    }

    @Override
    public Optional<double[]> solve(Matrix jacobian, double[] r) {
        if (!FactoredSystem.isFinite(r) || !FactoredSystem.isFinite(jacobian.values())) {
            return Optional.empty();
        }
        Gmres.Solution solution = GMRES.solve(x -> applied(jacobian, times(x)), r);
        // A step that solves half of the system is a step in the right direction.
        return solution.residual() < 0.5 ? Optional.of(solution.x()) : Optional.empty();
    }

    private static double[] applied(Matrix jacobian, double[] x) {
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (jacobian.cols() == 1) {
                result[i] = jacobian.values()[i] * x[i];
            } else {
                for (int j = 0; j < x.length; j++) {
                    result[i] += jacobian.get(i, j) * x[j];
                }
            }
        }
        return result;
    }

    @Override
    public double[] times(double[] x) {
        INDArray column = Nd4j.createFromArray(x).reshape('f', x.length, 1);
        return a.times(column).reshape(x.length).toDoubleVector();
    }
}
