package org.implicitdl.solver;

import java.util.Optional;
import org.implicitdl.operator.Matrix;

/** The linear systems (I − JA)d = r of Newton's method, where J is the Jacobian of φ. */
sealed interface JacobianSystem permits FactoredSystem, KrylovSystem {

    /**
     * The solution d.
     *
     * @param jacobian J [n, n], or its diagonal [n, 1]
     * @return empty if there is none, or it is not found
     */
    Optional<double[]> solve(Matrix jacobian, double[] r);

    /** The product Ax. */
    double[] times(double[] x);
}
