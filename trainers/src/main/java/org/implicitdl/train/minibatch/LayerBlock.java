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
    private INDArray design;
    private INDArray weighted;
    private INDArray values;

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

    /** φ(XW + b), by the link of the layer. */
    INDArray forward(INDArray x) {
        design = hasBias ? withOnes(x) : x;
        weighted = block.times(design);
        values = values(link, weighted);
        return values;
    }

    /** The link's φ of samples as rows. */
    static INDArray values(Link link, INDArray z) {
        return link instanceof ComponentwiseLink componentwise
                ? componentwise.activation().apply(z)
                : Transforms.softmax(z, true);
    }

    /** XW + b of the last batch. */
    INDArray output() {
        return weighted;
    }

    private INDArray withOnes(INDArray x) {
        INDArray ones = block.designWithOnes(x.size(0));
        Blas.copy(x, WeightBlock.columns(ones, 0, inputs()));
        return ones;
    }

    /** e = k(φ(Z + pull/k) − φ(Z)); changes the pull. */
    INDArray errorFrom(INDArray pull) {
        pull.divi(ratio).addi(weighted);
        ((ComponentwiseLink) link).activation().applyInPlace(pull.transpose());
        return pull.subi(values).muli(ratio);
    }

    /** The step in Θ along eSᵀ/m. */
    void step(INDArray error, double length, int steps) {
        block.step(design, error, length, steps);
        design = null;
    }
}
