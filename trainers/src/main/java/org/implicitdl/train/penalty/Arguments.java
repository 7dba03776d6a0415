package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;

/** The checks of what penalties are given. */
final class Arguments {
    private Arguments() {}

    static double step(double step) {
        return positive("step", step);
    }

    static double positive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "The " + what + " must be positive and finite, but is " + value + "; choose another.");
        }
        return value;
    }

    static double weight(double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "The weight of a penalty must be at least 0 and finite, but is " + weight + "; choose another.");
        }
        return weight;
    }

    static void finite(Matrix w) {
        for (int i = 0; i < w.values().length; i++) {
            if (!Double.isFinite(w.values()[i])) {
                throw new NonFiniteException("The matrix must hold finite numbers, but entry (" + i % w.rows() + ", "
                        + i / w.rows() + ") is " + w.values()[i] + "; a step that is too long leads there.");
            }
        }
    }
}
