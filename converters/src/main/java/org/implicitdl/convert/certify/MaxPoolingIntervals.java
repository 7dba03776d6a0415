package org.implicitdl.convert.certify;

import org.implicitdl.activation.MaxPooling;

/** Max pooling: a largest number grows with each of its arguments, and is one of them, so that nothing is rounded. */
record MaxPoolingIntervals(MaxPooling phi) implements IntervalActivation {

    @Override
    public Box image(Box z) {
        return Box.between(phi.apply(z.lower()), phi.apply(z.upper()));
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
