package org.implicitdl.convert.certify;

import org.implicitdl.activation.NormPooling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Pooling by a p-norm, which grows with each of the |z| of its window: these lie between max(l, −h, 0) and max(|l|, |h|). */
record NormPoolingIntervals(NormPooling phi) implements IntervalActivation {
    /** A power is computed to some units in the last place, times its exponent: p for the terms, 1/p for their sum. */
    private static final int POWER = 64;

    @Override
    public Box image(Box z) {
        INDArray nearest = Transforms.max(Transforms.max(z.lower(), z.upper().negi(), false), 0, false);
        INDArray lower = phi.apply(nearest);
        INDArray upper = phi.apply(z.magnitude());
        double relative = Outward.sums(phi.windows().taps() + POWER * (long) Math.ceil(phi.p()));
        return Box.between(lower.muli(1 - relative), Outward.grow(upper, relative));
    }

    @Override
    public double lipschitz() {
        return phi.lipschitz();
    }

    @Override
    public boolean isComponentwise() {
        return false;
    }
}
