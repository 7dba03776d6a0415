package org.implicitdl.train.implicit;

import java.util.OptionalDouble;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.penalty.Penalty;

/** What is checked before a run begins, so that it does not end in the midst of a sweep. */
final class StartChecks {
    private StartChecks() {}

    /** @throws ShapeException if the weights do not fit the problem */
    static void requireFit(ImplicitProblem problem, ImplicitWeights weights) {
        if (weights.b().cols() != problem.u().rows()
                || weights.d().cols() != problem.v().rows()
                || weights.c().rows() != problem.y().rows()) {
            throw new ShapeException("Weights B " + weights.b() + ", C " + weights.c() + " and D " + weights.d()
                    + " do not fit the inputs " + problem.u() + ", " + problem.v() + " and responses " + problem.y()
                    + ".");
        }
    }

    /** @throws IllegalArgumentException if there is another number of λ than one or that of the states */
    static void requireFit(Relaxation relaxation, int states) {
        int given = relaxation.lambdas().length;
        if (given != 1 && given != states) {
            throw new IllegalArgumentException("The relaxation has " + given + " weights λ, but the rule has " + states
                    + " states; give one λ for all of them, or one for each.");
        }
    }

    /**
     * Minimizes the penalty alone, beside a function that is 0, where a method stumbles over all that is wrong with a
     * penalty: its shape, constraints that exclude each other, directions that it does not bound.
     *
     * @param m M = [A B; C D]
     */
    static void tryOut(WeightMethod method, Penalty penalty, Matrix m) {
        penalty.value(m);
        method.minimize(new Zero(), penalty, m);
    }

    /** f = 0. */
    private record Zero() implements SmoothFunction {
        /** So small that the first step ends at the minimum. */
        private static final double CURVATURE = 1e-9;

        @Override
        public Point at(Matrix w) {
            return new Here(this, w);
        }

        @Override
        public OptionalDouble curvatureBound() {
            return OptionalDouble.of(CURVATURE);
        }
    }

    private record Here(Zero function, Matrix w) implements SmoothFunction.Point {
        @Override
        public double value() {
            return 0;
        }

        @Override
        public Matrix gradient() {
            return Matrix.zeros(w.rows(), w.cols());
        }

        @Override
        public SmoothFunction.Point at(Matrix other) {
            return function.at(other);
        }
    }
}
