package org.implicitdl.train.minibatch;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One run of a {@link MinibatchDescent}; it belongs to one thread. Samples are rows here, as the batches are. */
public final class MinibatchRun {
    private final MinibatchDescent method;
    private final List<LayerBlock> layers = new ArrayList<>();
    private int steps;

    MinibatchRun(MinibatchDescent method, FeedforwardModel model, DataType type) {
        this.method = method;
        for (FeedforwardLayer layer : model.layers()) {
            layers.add(new LayerBlock(method, layer, type));
        }
    }

    /** The number of steps done. */
    public int steps() {
        return steps;
    }

    /** The weights of layer l with the bias, if there is one, in the last row: [inputs (+ 1), outputs]; not to be changed. */
    public INDArray weights(int l) {
        return layers.get(l).theta();
    }

    /**
     * One step on a batch.
     *
     * @param features [m, p], of the run's type
     * @param labels [m, q], of the run's type
     * @param progress how much of the training is done, from 0 to 1
     * @return the output Z [m, q] of the weights before the step, before the link of the loss; overwritten by the next step
     * @throws BlockStepException if the weights grow beyond all bounds
     */
    public INDArray step(INDArray features, INDArray labels, double progress) {
        try {
            INDArray output = sweep(features, labels, method.stepLength(steps, progress));
            NonFiniteException.check("output", output);
            steps++;
            return output;
        } catch (NonFiniteException e) {
            throw new BlockStepException("The weights grew beyond all bounds at step " + steps
                    + "; shorten the steps, raise the damping, or scale the features to about 1. " + e.getMessage());
        }
    }

    /** Writes all that further steps depend on, beside the method. */
    public void save(StateWriter writer) {
        writer.count(steps);
        layers.forEach(layer -> layer.save(writer));
    }

    /** Goes on from where another run stood, of the same method on a model of the same shape. */
    public void restore(StateReader reader) {
        steps = reader.count();
        layers.forEach(layer -> layer.restore(reader));
    }

    private INDArray sweep(INDArray features, INDArray labels, double length) {
        INDArray input = features;
        for (LayerBlock layer : layers) {
            input = layer.forward(input);
        }
        INDArray error = input.rsubi(labels);
        for (int l = layers.size() - 1; l >= 0; l--) {
            INDArray below =
                    l == 0 ? null : layers.get(l - 1).errorFrom(layers.get(l).pulled(error));
            layers.get(l).step(error, length, steps);
            error = below;
        }
        return layers.get(layers.size() - 1).output();
    }
}
