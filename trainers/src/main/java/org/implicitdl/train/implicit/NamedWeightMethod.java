package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.Minimum;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.penalty.Penalty;

/**
 * A method that tells its settings.
 *
 * @param name the settings in words
 */
record NamedWeightMethod(String name, WeightMethod method) implements WeightMethod {

    @Override
    public Minimum minimize(SmoothFunction f, Penalty g, Matrix start) {
        return method.minimize(f, g, start);
    }
}
