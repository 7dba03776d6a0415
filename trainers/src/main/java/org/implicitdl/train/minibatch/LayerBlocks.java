package org.implicitdl.train.minibatch;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.Blas;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The layers of a feedforward model, a block each, from the last one down. */
final class LayerBlocks implements Blocks {
    private final List<LayerBlock> layers = new ArrayList<>();

    LayerBlocks(MinibatchDescent method, FeedforwardModel model, DataType type) {
        for (FeedforwardLayer layer : model.layers()) {
            layers.add(new LayerBlock(method, layer, type));
        }
    }

    @Override
    public INDArray step(INDArray features, INDArray labels, double length, int steps) {
        INDArray input = features;
        for (LayerBlock layer : layers) {
            input = layer.forward(input);
        }
        INDArray error = labels.sub(input).dup('c');
        for (int l = layers.size() - 1; l >= 0; l--) {
            INDArray below = l == 0 ? null : layers.get(l - 1).errorFrom(pulled(layers.get(l), error));
            layers.get(l).step(error, length, steps);
            error = below;
        }
        return layers.get(layers.size() - 1).output();
    }

    /** Wᵀe₊ for each sample. */
    private static INDArray pulled(LayerBlock layer, INDArray error) {
        INDArray pull = Nd4j.createUninitialized(error.dataType(), new long[] {error.size(0), layer.inputs()}, 'c');
        Blas.multiply(error, false, layer.weights(), true, 0, pull, false);
        return pull;
    }

    @Override
    public INDArray weights(int block) {
        return layers.get(block).theta();
    }

    @Override
    public void save(StateWriter writer) {
        layers.forEach(layer -> layer.save(writer));
    }

    @Override
    public void restore(StateReader reader) {
        layers.forEach(layer -> layer.restore(reader));
    }
}
