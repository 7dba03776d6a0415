package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.ConditionalGradient;
import org.implicitdl.train.descent.Minimum;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.penalty.Penalty;

/**
 * A method that minimizes f + g: {@code WeightMethod.of(ProximalGradient.withDefaults())}, the conditional gradient method of
 * the paper, or any other.
 */
@FunctionalInterface
public interface WeightMethod {
    Minimum minimize(SmoothFunction f, Penalty g, Matrix start);

    /** Accelerated proximal gradients, whose settings a checkpoint tells apart. */
    static WeightMethod of(ProximalGradient method) {
        return new NamedWeightMethod(method.toString(), method::minimize);
    }

    /** Conditional gradients, whose settings a checkpoint tells apart. */
    static WeightMethod of(ConditionalGradient method) {
        return new NamedWeightMethod(method.toString(), method::minimize);
    }
}
