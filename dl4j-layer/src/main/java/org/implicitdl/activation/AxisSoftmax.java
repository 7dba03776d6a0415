package org.implicitdl.activation;

import java.util.Arrays;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax along one axis of a tensor, such as over the channels at each point of an image: a sample is
 * [outer, count, inner] in 'c' order, and exp zᵢ/∑ₖ exp zₖ goes over the middle.
 *
 * @param outer the product of the sizes before the axis
 * @param count the size of the axis
 * @param inner the product of the sizes after it
 */
public record AxisSoftmax(int outer, int count, int inner) implements Activation {

    /** @throws IllegalArgumentException if a size is not positive */
    public AxisSoftmax {
        if (outer < 1 || count < 1 || inner < 1) {
            throw new IllegalArgumentException(
                    "The sizes of a tensor must be positive, but are " + outer + ", " + count + " and " + inner + ".");
        }
    }

    private interface Line {
        void visit(int sample, long offset);
    }

    /** Every line along the axis, by where it begins in its sample. */
    private void lines(int samples, Line line) {
        for (int s = 0; s < samples; s++) {
            for (int a = 0; a < outer; a++) {
                for (int b = 0; b < inner; b++) {
                    line.visit(s, (long) a * count * inner + b);
                }
            }
        }
    }

    @Override
    public INDArray apply(INDArray z) {
        requireSize(z);
        INDArray result = Operands.resultFor(z);
        Panel from = Panel.of(z);
        Panel into = Panel.into(result);
        lines(
                from.samples(),
                (s, line) -> normalize(
                        count, inner, from.numbers(), from.start(s) + line, into.numbers(), into.start(s) + line));
        return result;
    }

    /** The softmax of {@code count} numbers that are {@code inner} apart; the result may be the argument itself. */
    static void normalize(int count, int inner, Numbers z, long from, Numbers result, long to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, z.get(from + (long) i * inner));
        }
        double[] powers = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            powers[i] = Math.exp(z.get(from + (long) i * inner) - largest);
            sum += powers[i];
        }
        for (int i = 0; i < count; i++) {
            result.set(to + (long) i * inner, powers[i] / sum);
        }
    }

    /** With p = φ(z): p ⊙ (v − pᵀv) along the axis. */
    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        INDArray result = Operands.resultFor(z, v);
        requireSize(z);
        Panel values = Panel.of(apply(z));
        Panel factors = Panel.of(v);
        Panel into = Panel.into(result);
        lines(values.samples(), (s, line) -> {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                long at = line + (long) i * inner;
                sum += values.numbers().get(values.start(s) + at)
                        * factors.numbers().get(factors.start(s) + at);
            }
            for (int i = 0; i < count; i++) {
                long at = line + (long) i * inner;
                double factor = factors.numbers().get(factors.start(s) + at) - sum;
                into.numbers().set(into.start(s) + at, factor * values.numbers().get(values.start(s) + at));
            }
        });
        return result;
    }

    private void requireSize(INDArray z) {
        long size = (long) outer * count * inner;
        if (z.rank() != 2 || z.size(0) != size) {
            throw new ShapeException("A " + this + " is applied to arrays [" + size + ", samples], but the argument has"
                    + " the shape " + Arrays.toString(z.shape()) + ".");
        }
    }

    /** {@inheritDoc} As that of {@link Softmax}. */
    @Override
    public double lipschitz() {
        return 0.5;
    }

    @Override
    public boolean isComponentwise() {
        return false;
    }

    /** @throws IllegalArgumentException unless the slice is the whole */
    @Override
    public Activation slice(int from, int to) {
        if (from != 0 || to != outer * count * inner) {
            throw new IllegalArgumentException(
                    "Components " + from + " to " + to + " of a " + this + " depend on others; take the whole.");
        }
        return this;
    }

    @Override
    public String toString() {
        return "softmax over axis 1 of [" + outer + ", " + count + ", " + inner + "]";
    }
}
