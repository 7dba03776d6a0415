package org.implicitdl.train.polish;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * The rows of RᵀJ, and the gradient, for one sample at a time: J is the Jacobian of the output s_{L+1} in all weights,
 * ∇²Φ(s) = RRᵀ. The sensitivities E_{L+1} = Rᵀ, E_l = E_{l+1}W_l diag(φ_l') run down the layers.
 */
final class OutputSensitivity {
    private final FeedforwardModel model;
    private final TrainingSet data;
    private final List<Matrix> weighted;
    private final List<Matrix> weights = new ArrayList<>();
    private final int[] offsets;
    private final int q;
    private final double[] values;
    private final Matrix unit;

    OutputSensitivity(FeedforwardModel model, TrainingSet data, List<Matrix> weighted) {
        this.model = model;
        this.data = data;
        this.weighted = weighted;
        this.q = model.last().outputs();
        this.values = new double[q];
        this.unit = Matrix.identity(q);
        this.offsets = new int[model.depth()];
        for (int l = 0; l < model.depth(); l++) {
            weights.add(model.layer(l).weightsWithoutBias());
            if (l > 0) {
                offsets[l] = offsets[l - 1] + model.layer(l - 1).weights().values().length;
            }
        }
    }

    /**
     * Writes the q rows of RᵀJ of one sample as columns of {@code rows}, from a column on, and adds the sample's part of
     * the gradient.
     */
    void write(int sample, Matrix rows, int column, double[] gradient) {
        int top = model.depth() - 1;
        double[] s = java.util.Arrays.copyOfRange(weighted.get(top).values(), sample * q, (sample + 1) * q);
        model.last().link().values(s, values, 0, q);
        // One row more than outputs: the last is the error φ(s) − y, whose way down gives the gradient.
        Matrix sensitivity = Matrix.zeros(q + 1, q);
        Matrix factor = Matrix.zeros(q, q);
        model.last().link().curvatureFactorTimes(s, values, 0, unit, factor);
        for (int i = 0; i < q; i++) {
            for (int r = 0; r < q; r++) {
                sensitivity.set(r, i, factor.get(r, i));
            }
            sensitivity.set(q, i, values[i] - data.y().get(i, sample));
        }
        for (int l = top; l >= 0; l--) {
            double[] input = input(l, sample);
            writeLayer(l, sensitivity, input, rows, column, gradient);
            if (l > 0) {
                sensitivity = below(l, sensitivity, sample);
            }
        }
    }

    /** What the weights of layer l meet: the states below, and 1 for the bias. */
    private double[] input(int l, int sample) {
        int n = model.layer(l).inputs();
        double[] input = new double[model.layer(l).weights().cols()];
        if (l == 0) {
            System.arraycopy(data.u().values(), sample * n, input, 0, n);
        } else {
            double[] below = java.util.Arrays.copyOfRange(weighted.get(l - 1).values(), sample * n, (sample + 1) * n);
            activation(l - 1).values(below, input, 0, n);
        }
        if (model.layer(l).hasBias()) {
            input[n] = 1;
        }
        return input;
    }

    private void writeLayer(int l, Matrix sensitivity, double[] input, Matrix rows, int column, double[] gradient) {
        int n = sensitivity.cols();
        int size = rows.rows();
        for (int r = 0; r <= q; r++) {
            double[] out = r < q ? rows.values() : gradient;
            int at = offsets[l] + (r < q ? (column + r) * size : 0);
            for (double value : input) {
                for (int i = 0; i < n; i++) {
                    out[at++] += sensitivity.get(r, i) * value;
                }
            }
        }
    }

    private Matrix below(int l, Matrix sensitivity, int sample) {
        Matrix w = weights.get(l);
        Matrix result = Matrix.zeros(q + 1, w.cols());
        double[] s = weighted.get(l - 1).values();
        for (int j = 0; j < w.cols(); j++) {
            double slope = activation(l - 1).derivative(s[j + sample * w.cols()]);
            for (int r = 0; r <= q; r++) {
                double sum = 0;
                for (int i = 0; i < w.rows(); i++) {
                    sum += sensitivity.get(r, i) * w.get(i, j);
                }
                result.set(r, j, slope * sum);
            }
        }
        return result;
    }

    private FenchelActivation activation(int l) {
        return ((ComponentwiseLink) model.layer(l).link()).activation();
    }
}
