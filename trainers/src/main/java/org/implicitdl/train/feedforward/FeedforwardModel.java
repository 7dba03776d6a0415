package org.implicitdl.train.feedforward;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;

/**
 * A feedforward model ŷ = S_{L+1}, S_{l+1} = W_l X_l + b_l 1ᵀ, X_l = φ_l(S_l), X_0 = U, as in §7.1, in double precision
 * on plain arrays. The link of the last layer is the loss: the training problem is the sum of f(Y, S_{L+1}).
 *
 * @param layers from the input to the output
 */
public record FeedforwardModel(List<FeedforwardLayer> layers) {

    /** @throws ShapeException if there is no layer, or if two do not fit */
    public FeedforwardModel {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new ShapeException("A feedforward model needs at least one layer, but none was given.");
        }
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new ShapeException(
                        "Layer " + l + " takes " + layers.get(l).inputs() + " inputs, but layer " + (l - 1) + " has "
                                + layers.get(l - 1).outputs() + " outputs.");
            }
        }
    }

    /** The number of layers, the output layer included. */
    public int depth() {
        return layers.size();
    }

    /** The layer l, counted from 0 at the input. */
    public FeedforwardLayer layer(int l) {
        return layers.get(l);
    }

    /** The output layer. */
    public FeedforwardLayer last() {
        return layers.get(layers.size() - 1);
    }

    /** The model with another layer l. */
    public FeedforwardModel withLayer(int l, FeedforwardLayer layer) {
        List<FeedforwardLayer> changed = new ArrayList<>(layers);
        changed.set(l, layer);
        return new FeedforwardModel(changed);
    }

    /** The weighted inputs S_1 … S_{L+1} of all layers; the last one is the output before its link. */
    public List<Matrix> weightedInputs(Matrix u) {
        List<Matrix> result = new ArrayList<>();
        Matrix x = u;
        for (int l = 0; l < depth(); l++) {
            Matrix s = layers.get(l).weightedInput(x);
            result.add(s);
            if (l < depth() - 1) {
                x = layers.get(l).activate(s);
            }
        }
        return result;
    }

    /** The states X_0 = U, X_1 … X_L of a forward pass: what the weights of each layer meet. */
    public List<Matrix> states(Matrix u) {
        List<Matrix> result = new ArrayList<>();
        result.add(u);
        for (FeedforwardLayer layer : layers.subList(0, depth() - 1)) {
            result.add(layer.activate(layer.weightedInput(result.get(result.size() - 1))));
        }
        return result;
    }

    /** The output S_{L+1}, before the link of the loss. */
    public Matrix output(Matrix u) {
        return weightedInputs(u).get(depth() - 1);
    }

    /** The loss ∑ f(y, s_{L+1}) over the samples: ½‖Y − Ŷ‖²_F, or the cross-entropy (4) less the entropy of Y. */
    public double loss(Matrix u, Matrix y) {
        return lossOfOutput(y, output(u));
    }

    /** The loss of given outputs before the link. */
    public double lossOfOutput(Matrix y, Matrix s) {
        return last().link().loss(y, s);
    }

    /** The number of weights and biases. */
    public int parameters() {
        return layers.stream()
                .mapToInt(layer -> layer.weights().values().length)
                .sum();
    }

    /** The number of weights and biases in the layers before layer l: where its own begin in {@link #toVector}. */
    public int offset(int l) {
        return layers.subList(0, l).stream()
                .mapToInt(layer -> layer.weights().values().length)
                .sum();
    }

    /** All weights in one vector, layer by layer, each column by column. */
    public double[] toVector() {
        double[] vector = new double[parameters()];
        int offset = 0;
        for (FeedforwardLayer layer : layers) {
            double[] values = layer.weights().values();
            System.arraycopy(values, 0, vector, offset, values.length);
            offset += values.length;
        }
        return vector;
    }

    /** The model of the same shape with the weights of {@link #toVector}. */
    public FeedforwardModel withVector(double[] vector) {
        if (vector.length != parameters()) {
            throw new ShapeException(
                    "The model has " + parameters() + " parameters, but " + vector.length + " were given.");
        }
        List<FeedforwardLayer> changed = new ArrayList<>();
        int offset = 0;
        for (FeedforwardLayer layer : layers) {
            Matrix weights =
                    Matrix.zeros(layer.weights().rows(), layer.weights().cols());
            System.arraycopy(vector, offset, weights.values(), 0, weights.values().length);
            offset += weights.values().length;
            changed.add(layer.withWeights(weights));
        }
        return new FeedforwardModel(changed);
    }
}
