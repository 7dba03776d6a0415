package org.implicitdl.train.minibatch;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
        INDArray error = input.rsubi(labels);
        for (int l = layers.size() - 1; l >= 0; l--) {
            INDArray below =
                    l == 0 ? null : layers.get(l - 1).errorFrom(layers.get(l).pulled(error));
            layers.get(l).step(error, length, steps);
            error = below;
        }
        return layers.get(layers.size() - 1).output();
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
