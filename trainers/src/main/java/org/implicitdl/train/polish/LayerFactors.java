package org.implicitdl.train.polish;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * For a batch of samples and each layer, the two factors of the Jacobian RᵀJ = E ⊗ xᵀ, where ∇²Φ = RRᵀ for the loss: the
 * layer's input x and the sensitivity E [q, n] of the output to the layer's weighted input. The sensitivities
 * E_{L+1} = Rᵀ, E_l = E_{l+1}W_l diag(φ_l') run down the layers, beside the error φ(s) − y that gives the gradient.
 */
final class LayerFactors {
    private final FeedforwardModel model;
    private final TrainingSet data;
    private final List<Matrix> weighted;
    private final List<Matrix> weights = new ArrayList<>();
    private final List<Matrix> inputs = new ArrayList<>();
    /** For each layer [q + 1, n · batch]: E of the samples side by side, and the back-propagated error below it. */
    private final List<Matrix> sensitivities = new ArrayList<>();

    private final int q;
    private final double[] values;
    private final Matrix unit;
    private final Matrix factor;

    LayerFactors(FeedforwardModel model, TrainingSet data, List<Matrix> weighted, int batch) {
        this.model = model;
        this.data = data;
        this.weighted = weighted;
        this.q = model.last().outputs();
        this.values = new double[q];
        this.unit = Matrix.identity(q);
        this.factor = Matrix.zeros(q, q);
        model.layers().forEach(layer -> {
            weights.add(layer.weightsWithoutBias());
            inputs.add(Matrix.zeros(layer.weights().cols(), batch));
            sensitivities.add(Matrix.zeros(q + 1, layer.outputs() * batch));
        });
    }

    /** The inputs of a layer [inputs, batch], with the constant 1 if it has a bias. */
    Matrix inputs(int layer) {
        return inputs.get(layer);
    }

    /** Entry (a, b) of EᵀE' for sample j of the batch. */
    double sensitivityProduct(int layer, int a, int layer2, int b, int j) {
        double[] e = sensitivities.get(layer).values();
        double[] e2 = sensitivities.get(layer2).values();
        int at = (a + j * model.layer(layer).outputs()) * (q + 1);
        int at2 = (b + j * model.layer(layer2).outputs()) * (q + 1);
        double product = 0;
        for (int r = 0; r < q; r++) {
            product += e[at + r] * e2[at2 + r];
        }
        return product;
    }

    /** Takes the samples from {@code start} on, and adds their part of the gradient. */
    void collect(int start, int count, double[] gradient) {
        for (int j = 0; j < count; j++) {
            writeOutput(start + j, j);
            for (int l = model.depth() - 1; l >= 0; l--) {
                writeInput(l, start + j, j);
                addGradient(l, j, gradient);
                if (l > 0) {
                    writeBelow(l, start + j, j);
                }
            }
        }
    }

    private void writeOutput(int sample, int j) {
        int top = model.depth() - 1;
        double[] s = Arrays.copyOfRange(weighted.get(top).values(), sample * q, (sample + 1) * q);
        model.last().link().values(s, values, 0, q);
        model.last().link().curvatureFactorTimes(s, values, 0, unit, factor);
        double[] e = sensitivities.get(top).values();
        for (int i = 0; i < q; i++) {
            int at = (i + j * q) * (q + 1);
            System.arraycopy(factor.values(), i * q, e, at, q);
            e[at + q] = values[i] - data.y().get(i, sample);
        }
    }

    private void writeInput(int l, int sample, int j) {
        int n = model.layer(l).inputs();
        double[] x = inputs.get(l).values();
        int at = j * inputs.get(l).rows();
        if (l == 0) {
            System.arraycopy(data.u().values(), sample * n, x, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                x[at + i] = activation(l - 1).value(weighted.get(l - 1).get(i, sample));
            }
        }
        if (model.layer(l).hasBias()) {
            x[at + n] = 1;
        }
    }

    private void addGradient(int l, int j, double[] gradient) {
        int n = model.layer(l).outputs();
        Matrix x = inputs.get(l);
        double[] e = sensitivities.get(l).values();
        int at = model.offset(l);
        for (int i = 0; i < x.rows(); i++) {
            double input = x.get(i, j);
            for (int a = 0; a < n; a++) {
                gradient[at++] += e[(a + j * n) * (q + 1) + q] * input;
            }
        }
    }

    private void writeBelow(int l, int sample, int j) {
        Matrix w = weights.get(l);
        int n = w.rows();
        double[] above = sensitivities.get(l).values();
        double[] below = sensitivities.get(l - 1).values();
        for (int a = 0; a < w.cols(); a++) {
            double slope = activation(l - 1).derivative(weighted.get(l - 1).get(a, sample));
            int at = (a + j * w.cols()) * (q + 1);
            Arrays.fill(below, at, at + q + 1, 0);
            for (int i = 0; i < n; i++) {
                double factor = slope * w.get(i, a);
                int from = (i + j * n) * (q + 1);
                for (int r = 0; r <= q; r++) {
                    below[at + r] += factor * above[from + r];
                }
            }
        }
    }

    private FenchelActivation activation(int l) {
        return ((ComponentwiseLink) model.layer(l).link()).activation();
    }
}
