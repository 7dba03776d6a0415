package org.implicitdl.train.descent;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.penalty.Penalty;

/** The checks of what descents are given. */
final class DescentArguments {
    private DescentArguments() {}

    static void check(int iterations, double tolerance) {
        if (iterations < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("A descent takes at least 1 iteration and a tolerance of at least 0, but"
                    + " was given " + iterations + " and " + tolerance + ".");
        }
    }

    /** The start, moved by the shortest proximal step if it is outside the domain of g. */
    static SmoothFunction.Point start(SmoothFunction f, Penalty g, Matrix start) {
        SmoothFunction.Point point = f.at(inside(g, start));
        if (!Double.isFinite(point.value())) {
            throw new IllegalArgumentException("The function must be finite at the start of a descent, but is "
                    + point.value() + "; start from smaller weights, such as zeros.");
        }
        return point;
    }

    /** W itself, or the nearest point of the domain of g. */
    static Matrix inside(Penalty g, Matrix w) {
        return Double.isFinite(g.value(w)) ? w : g.prox(w, Double.MIN_NORMAL);
    }
}
