package org.implicitdl.convert.certify;

import org.implicitdl.activation.AxisSoftmax;
import org.implicitdl.activation.Softmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Softmax along an axis: every line along it is a sample of its own. */
record AxisSoftmaxIntervals(AxisSoftmax phi) implements IntervalActivation {

    @Override
    public Box image(Box z) {
        Box lines = new SoftmaxIntervals(new Softmax()).image(new Box(toLines(z.center()), toLines(z.radius())));
        long samples = z.center().size(1);
        return new Box(fromLines(lines.center(), samples), fromLines(lines.radius(), samples));
    }

    /** [outer · count · inner, m], in 'c' order down a column, as [count, lines]. */
    private INDArray toLines(INDArray x) {
        return x.dup('f')
                .reshape('f', phi.inner(), phi.count(), phi.outer(), x.size(1))
                .permute(1, 0, 2, 3)
                .dup('f')
                .reshape('f', phi.count(), x.length() / phi.count());
    }

    private INDArray fromLines(INDArray lines, long samples) {
        return lines.dup('f')
                .reshape('f', phi.count(), phi.inner(), phi.outer(), samples)
                .permute(1, 0, 2, 3)
                .dup('f')
                .reshape('f', lines.length() / samples, samples);
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
