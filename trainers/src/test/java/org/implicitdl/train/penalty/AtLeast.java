package org.implicitdl.train.penalty;

import java.util.Arrays;
import org.implicitdl.operator.Matrix;

/**
 * wᵢⱼ ≥ c for all entries: a constraint that is not monotone for c > 0, and leaves no room in a ball whose radius is below
 * that of as many entries.
 */
public record AtLeast(double c) implements Penalty {

    @Override
    public double value(Matrix w) {
        return Arrays.stream(w.values()).allMatch(entry -> entry >= c) ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public Matrix prox(Matrix w, double step) {
        return new Matrix(
                w.rows(),
                w.cols(),
                Arrays.stream(w.values()).map(entry -> Math.max(c, entry)).toArray());
    }

    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw new UnboundedPenaltyException(this);
    }

    @Override
    public boolean isMonotone() {
        return false;
    }
}
