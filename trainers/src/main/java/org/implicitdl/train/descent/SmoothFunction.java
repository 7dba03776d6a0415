package org.implicitdl.train.descent;

import java.util.OptionalDouble;
import org.implicitdl.operator.Matrix;

/** A differentiable function f of a weight matrix. Immutable. */
public interface SmoothFunction {

    /** The function at a matrix, which must not be changed afterwards. */
    Point at(Matrix w);

    /** A Lipschitz constant of the gradient, with which no method has to search for its step; empty if none is known. */
    default OptionalDouble curvatureBound() {
        return OptionalDouble.empty();
    }

    /** A function at a matrix, with what was computed there. Used by one thread. */
    interface Point {

        /** W. */
        Matrix w();

        /** f(W); +∞ or NaN where the function is not defined. */
        double value();

        /** ∇f(W), which must not be changed. */
        Matrix gradient();

        /** The same function at another matrix, for which what was computed here may be a start. */
        Point at(Matrix w);
    }
}
