package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.Minimum;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.penalty.Penalty;

/**
 * A method that minimizes f + g: {@code ProximalGradient.withDefaults()::minimize}, or the conditional gradient method of
 * the paper.
 */
@FunctionalInterface
public interface WeightMethod {
    Minimum minimize(SmoothFunction f, Penalty g, Matrix start);
}
