package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** One layer of a feedforward model: its weights, and what the last batch gave. */
final class LayerBlock {
    private final Link link;
    private final double ratio;
    private final boolean hasBias;
    private final WeightBlock block;
    private BatchBuffers buffers;

    LayerBlock(MinibatchDescent method, FeedforwardLayer layer, DataType type) {
        this.link = layer.link();
        this.ratio = method.ratio();
        this.hasBias = layer.hasBias();
        this.block = new WeightBlock(method, layer.weights(), type);
    }

    INDArray theta() {
        return block.theta();
    }

    int inputs() {
        return theta().rows() - (hasBias ? 1 : 0);
    }

    void save(StateWriter writer) {
        block.save(writer);
    }

    void restore(StateReader reader) {
        block.restore(reader);
    }

    /** W [inputs, outputs], a view. */
    INDArray weights() {
        return hasBias ? block.rows(0, inputs()) : theta();
    }

    /** φ(XW + b), by the link of the layer; overwritten by the next batch. */
    INDArray forward(INDArray x) {
        if (buffers == null || buffers.samples() != x.size(0)) {
            buffers = BatchBuffers.of(x.size(0), inputs(), theta());
        }
        buffers.take(x);
        block.times(buffers.design(), buffers.weighted());
        return applyTo(buffers.values().assign(buffers.weighted()), link);
    }

    /** The link's φ of samples as rows, in their place. */
    static INDArray applyTo(INDArray z, Link link) {
        if (link instanceof ComponentwiseLink componentwise) {
            // As columns: the same memory in the order that activations are fast for.
            componentwise.activation().applyInPlace(z.transpose());
            return z;
        }
        return Transforms.softmax(z, false);
    }

    /** XW + b of the last batch; overwritten by the next. */
    INDArray output() {
        return buffers.weighted();
    }

    /** eWᵀ, the pull of the layer's error e on the states below; overwritten by the next batch. */
    INDArray pulled(INDArray error) {
        Blas.multiply(error, false, weights(), true, 0, buffers.pull(), false);
        return buffers.pull();
    }

    /** e = k(φ(Z + pull/k) − φ(Z)), in the place of the pull. */
    INDArray errorFrom(INDArray pull) {
        pull.divi(ratio).addi(buffers.weighted());
        applyTo(pull, link);
        return pull.subi(buffers.values()).muli(ratio);
    }

    /** The step in Θ along eSᵀ/m. */
    void step(INDArray error, double length, int steps) {
        block.step(buffers.design(), error, length, steps);
    }
}
