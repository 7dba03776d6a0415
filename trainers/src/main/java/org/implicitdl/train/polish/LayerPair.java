package org.implicitdl.train.polish;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardModel;

/**
 * The block ∑ (EᵀE') ⊗ (xx'ᵀ) of the Gauss–Newton matrix for two layers, kept as the sum over samples of the product of
 * the entries of EᵀE' and of xx'ᵀ. On the diagonal (one layer, twice) both are symmetric: each pair is taken once.
 */
final class LayerPair {
    private final int first;
    private final int second;
    private final int offset;
    private final int offset2;
    private final int outputs;
    private final int outputs2;
    private final int inputs;
    private final int inputs2;
    private final Matrix left;
    private final Matrix right;
    private final Matrix sum;

    LayerPair(FeedforwardModel model, int first, int second, int batch) {
        this.first = first;
        this.second = second;
        this.offset = model.offset(first);
        this.offset2 = model.offset(second);
        this.outputs = model.layer(first).outputs();
        this.outputs2 = model.layer(second).outputs();
        this.inputs = model.layer(first).weights().cols();
        this.inputs2 = model.layer(second).weights().cols();
        this.left = Matrix.zeros(pairs(outputs, outputs2), batch);
        this.right = Matrix.zeros(pairs(inputs, inputs2), batch);
        this.sum = Matrix.zeros(left.rows(), right.rows());
    }

    private boolean isDiagonal() {
        return first == second;
    }

    private int pairs(int n, int n2) {
        return isDiagonal() ? n * (n + 1) / 2 : n * n2;
    }

    /** Adds the samples that the factors hold. */
    void add(LayerFactors factors, int count) {
        for (int j = 0; j < count; j++) {
            int at = j * left.rows();
            for (int a = 0; a < outputs; a++) {
                for (int b = isDiagonal() ? a : 0; b < outputs2; b++) {
                    left.values()[at++] = factors.sensitivityProduct(first, a, second, b, j);
                }
            }
            at = j * right.rows();
            double[] x = factors.inputs(first).values();
            double[] x2 = factors.inputs(second).values();
            for (int a = 0; a < inputs; a++) {
                double xa = x[a + j * inputs];
                for (int b = isDiagonal() ? a : 0; b < inputs2; b++) {
                    right.values()[at++] = xa * x2[b + j * inputs2];
                }
            }
        }
        Lapack.addTimesTranspose(left, right, count, sum);
    }

    /** Adds the samples that another sum has seen. */
    void add(LayerPair other) {
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] += other.sum.values()[i];
        }
    }

    /** Writes the block to the upper triangle of H; the weights of a layer are numbered column by column. */
    void writeTo(Matrix hessian) {
        int row = 0;
        for (int a = 0; a < outputs; a++) {
            for (int b = isDiagonal() ? a : 0; b < outputs2; b++, row++) {
                int column = 0;
                for (int i = 0; i < inputs; i++) {
                    for (int i2 = isDiagonal() ? i : 0; i2 < inputs2; i2++, column++) {
                        double value = sum.get(row, column);
                        set(hessian, offset + a + i * outputs, offset2 + b + i2 * outputs2, value);
                        if (isDiagonal()) {
                            set(hessian, offset + b + i * outputs, offset2 + a + i2 * outputs2, value);
                        }
                    }
                }
            }
        }
    }

    private static void set(Matrix hessian, int i, int j, double value) {
        hessian.set(Math.min(i, j), Math.max(i, j), value);
    }
}
