package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The average G of SSᵀ/m over batches, in which older ones fade, and what divides by G + ρI. Both are renewed at every step
 * first, and more and more seldom then.
 */
final class SecondMoments {
    private static final double KEPT = 0.95;
    private static final int ALWAYS = 8;
    private static final int EARLY = 200;
    /** Every so many steps a batch is taken up, early and later; the divisor is renewed at every sixth such step. */
    private static final int OFTEN = 4;

    private static final int SELDOM = 24;
    private static final int RENEWED = 6;

    private final INDArray average;
    private final INDArray latest;
    private final RidgeDivisor divisor;
    private int count;

    SecondMoments(int inputs, double damping, DataType type) {
        this.average = Nd4j.create(type, new long[] {inputs, inputs}, 'f');
        this.latest = Nd4j.create(type, new long[] {inputs, inputs}, 'f');
        this.divisor = new RidgeDivisor(inputs, damping, type);
    }

    /** Takes up the inputs S of a batch, samples as rows. */
    void add(INDArray design, int steps) {
        if (isDue(steps, 1)) {
            double kept = Math.min(KEPT, count / (count + 1.0));
            Blas.multiply(design, true, design, false, 0, latest, false);
            average.muli(kept).addi(latest.muli((1 - kept) / design.size(0)));
            count++;
        }
        if (isDue(steps, RENEWED)) {
            divisor.renew(average);
        }
    }

    /** (G + ρI)⁻¹ times a gradient [inputs, outputs]. */
    void precondition(INDArray gradient, INDArray direction) {
        divisor.divide(gradient, direction);
    }

    /**
     * The weights (G₂₂ + ρI)⁻¹G₂₁ [inputs − n, n] by which the other inputs tell the first n best, as of the last renewal.
     */
    INDArray regressionOfFirst(int n) {
        return divisor.regressionOfFirst(n);
    }

    void save(StateWriter writer) {
        writer.count(count);
        writer.array(average);
        divisor.save(writer);
    }

    void restore(StateReader reader) {
        count = reader.count();
        reader.into(average);
        divisor.restore(reader);
    }

    private static boolean isDue(int steps, int times) {
        return steps < ALWAYS || steps % (times * (steps < EARLY ? OFTEN : SELDOM)) == 0;
    }
}
