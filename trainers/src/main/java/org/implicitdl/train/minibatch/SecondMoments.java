package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The average G of SSᵀ/m over batches, in which older ones fade, and the inverse of G + ρI. Both are renewed at every step
 * first, and more and more seldom then: the inverse costs the cube of the inputs' number.
 */
final class SecondMoments {
    private static final double KEPT = 0.95;
    private static final int ALWAYS = 8;
    private static final int EARLY = 200;
    /** Every so many steps a batch is taken up, early and later; the inverse is renewed at every sixth such step. */
    private static final int OFTEN = 4;

    private static final int SELDOM = 24;
    private static final int RENEWED = 6;

    private final double damping;
    private final INDArray average;
    private final INDArray latest;
    private INDArray inverse;
    /** Made from the inverse when it is asked for. */
    private INDArray regression;

    private int count;

    SecondMoments(int inputs, double damping, DataType type) {
        this.damping = damping;
        this.average = Nd4j.create(type, new long[] {inputs, inputs}, 'f');
        this.latest = Nd4j.create(type, new long[] {inputs, inputs}, 'f');
    }

    /** Takes up the inputs S of a batch, samples as rows. */
    void add(INDArray design, int steps) {
        if (!isDue(steps, 1)) {
            return;
        }
        double kept = Math.min(KEPT, count / (count + 1.0));
        Blas.multiply(design, true, design, false, 0, latest, false);
        average.muli(kept).addi(latest.muli((1 - kept) / design.size(0)));
        count++;
    }

    /** (G + ρI)⁻¹ times a gradient [inputs, outputs]. */
    void precondition(INDArray gradient, INDArray direction, int steps) {
        if (inverse == null || isDue(steps, RENEWED)) {
            inverse = inverse();
            regression = null;
        }
        Blas.multiply(inverse, false, gradient, false, 0, direction, false);
    }

    /**
     * The weights (G₂₂ + ρI)⁻¹G₂₁ [inputs − n, n] by which the other inputs tell the first n best, as of the last inverse:
     * for H = (G + ρI)⁻¹ they are −H₂₁H₁₁⁻¹.
     */
    INDArray regressionOfFirst(int n) {
        if (regression == null) {
            Matrix h = Matrix.copyOf(inverse);
            Matrix transposed = factor(h.part(0, n, 0, n)).solve(h.part(0, n, n, h.cols()));
            regression = transposed.transpose().toArray(average.dataType()).negi();
        }
        return regression;
    }

    void save(StateWriter writer) {
        writer.count(count);
        writer.array(average);
        writer.count(inverse == null ? 0 : 1);
        if (inverse != null) {
            writer.array(inverse);
        }
    }

    void restore(StateReader reader) {
        count = reader.count();
        reader.into(average);
        inverse = null;
        regression = null;
        if (reader.count() == 1) {
            inverse = Nd4j.create(average.dataType(), average.shape(), 'f');
            reader.into(inverse);
        }
    }

    private static boolean isDue(int steps, int times) {
        return steps < ALWAYS || steps % (times * (steps < EARLY ? OFTEN : SELDOM)) == 0;
    }

    private INDArray inverse() {
        Matrix damped = Matrix.copyOf(average);
        int n = damped.rows();
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += damped.get(i, i);
        }
        return factor(damped.addToDiagonal(damping * trace / n + Double.MIN_NORMAL))
                .inverse()
                .toArray(average.dataType());
    }

    private static Lapack.Cholesky factor(Matrix moments) {
        return Lapack.cholesky(moments)
                .orElseThrow(
                        () -> new BlockStepException("The second moments of a layer's inputs could not be factored;"
                                + " scale the features to about 1, or raise the damping."));
    }
}
