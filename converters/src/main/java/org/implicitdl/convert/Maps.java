package org.implicitdl.convert;

import java.util.Arrays;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.AxisSoftmax;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.activation.Softmax;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.SparseOperator;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The maps that most layers are made of. */
final class Maps {
    private static final int SAMPLE = 200;
    /** A prime, so that the sample does not lie along rows or columns. */
    private static final long SCATTER = 7919;

    private Maps() {}

    /** What a softmax of DL4J sums over, where features have a grid. */
    enum SoftmaxAxis {
        /** The channels, because the layer puts the points of the grid into rows. */
        CHANNELS,
        /** The last dimension of DL4J's array, which nobody may have thought of. */
        LAST
    }

    /** The map h ↦ Wᵀh + b at every point of the grid, over copies of DL4J's W [n_in, n_out] and b [1, n_out]. */
    static Signal dense(LayerSource<?> layer, Signal input, boolean hasBias) {
        return dense(layer, input, "W", hasBias ? "b" : null);
    }

    /**
     * The same for parameters of other names.
     *
     * @param bias the name of the bias, or null if there is none
     */
    static Signal dense(LayerSource<?> layer, Signal input, String weights, String bias) {
        INDArray w = layer.parameter(weights);
        TensorShape shape = input.shape();
        if (w.rank() != 2 || w.size(0) != shape.channels()) {
            throw layer.unsupported("its weights of shape " + Arrays.toString(w.shape()) + " do not fit its input of "
                    + shape + ", but take " + w.size(0) + "; give the right input type");
        }
        TensorShape to = shape.withChannels((int) w.size(1));
        Offset b = bias == null ? Offset.zero(to.size()) : Offset.repeated(layer.parameter(bias), shape.points());
        return input.affine(atPoints(w.transpose(), shape), b, to);
    }

    /** W ⊗ I: a matrix of finite numbers, applied to the channels at every point of the grid. */
    static LinearOperator atPoints(INDArray w, TensorShape shape) {
        int points = shape.points();
        return points == 1
                ? atOnePoint(w)
                : ConvolutionOperator.copyOf(w.reshape(w.size(0), w.size(1), 1), pointwise(points), 1);
    }

    /** Sparse if so much was pruned that it takes less time. */
    private static LinearOperator atOnePoint(INDArray w) {
        // In its own order: another one would cost more than all the rest of a conversion.
        LinearOperator dense = DenseOperator.viewOf(w.dup(w.ordering()));
        if (!looksSparse(w)) {
            return dense;
        }
        SparseMatrix entries = SparseMatrix.of(dense);
        boolean isSparse = entries.nonzeros() > 0 && entries.nonzeros() < SparseMatrix.SPARSE * w.length();
        return isSparse ? SparseOperator.of(entries, w.dataType()) : dense;
    }

    /** By some of the weights, since counting all would take several times as long as their copy. */
    private static boolean looksSparse(INDArray w) {
        int nonzeros = 0;
        for (long i = 0; i < SAMPLE; i++) {
            if (w.getDouble(i * SCATTER % w.length()) != 0) {
                nonzeros++;
            }
        }
        return nonzeros < 3 * SparseMatrix.SPARSE * SAMPLE;
    }

    private static Windows pointwise(int points) {
        int[] one = {1};
        int[] all = {points};
        return Windows.of(all, one, one, one, new int[1], all);
    }

    /** The signal after an activation; the identity needs none. */
    static Signal activated(LayerSource<?> layer, Signal z, IActivation activation, SoftmaxAxis axis) {
        if (activation instanceof ActivationIdentity) {
            return z;
        }
        TensorShape shape = z.shape();
        boolean spread = shape.points() > 1 || !shape.grid().isEmpty() && !shape.folded();
        if (activation instanceof ActivationSoftmax && spread) {
            return z.activate(softmax(shape, axis));
        }
        Activation phi = map(layer, activation);
        if (spread && !phi.isComponentwise()) {
            throw layer.unsupported("its activation " + activation + " mixes features in a way that is not known for "
                    + shape + "; use one that acts on each feature alone");
        }
        return z.activate(phi);
    }

    private static Activation softmax(TensorShape shape, SoftmaxAxis axis) {
        if (axis == SoftmaxAxis.CHANNELS || shape.folded() || shape.channelsLast()) {
            return new AxisSoftmax(1, shape.channels(), shape.points());
        }
        int last = shape.grid().get(shape.grid().size() - 1);
        return new AxisSoftmax(shape.size() / last, last, 1);
    }

    /** What DL4J makes of an activation in its layers of SameDiff: there the leaky ReLU has the slope 0. */
    static IActivation ofSameDiff(org.nd4j.linalg.activations.Activation activation) {
        return activation == org.nd4j.linalg.activations.Activation.LEAKYRELU
                ? new ActivationReLU()
                : activation.getActivationFunction();
    }

    static Activation map(LayerSource<?> layer, IActivation activation) {
        try {
            Activation phi = Activations.of(activation);
            boolean isValue = phi instanceof FenchelActivation || phi instanceof Softmax;
            // Whatever else it is may hold the activation of the network itself.
            return isValue ? phi : Activations.of(Copies.of(activation));
        } catch (IllegalArgumentException e) {
            throw layer.unsupported("its activation has no form as a map: " + e.getMessage());
        }
    }
}
