package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;

/** g = 0, {@link Penalty#none}. */
record NoPenalty() implements Penalty {

    @Override
    public double value(Matrix w) {
        return 0;
    }

    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        return w.copy();
    }

    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw new UnboundedPenaltyException(this);
    }

    @Override
    public boolean isMonotone() {
        return true;
    }

    @Override
    public String toString() {
        return "no penalty";
    }
}
