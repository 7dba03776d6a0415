package org.implicitdl.train.minibatch;

import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** One layer of a {@link MinibatchRun}: its weights, their momentum, and what the last batch gave. */
final class LayerBlock {
    private final MinibatchDescent method;
    /** φ; null for the softmax of a last layer. */
    private final FenchelActivation phi;

    private final boolean hasBias;
    private final INDArray theta;
    private final INDArray velocity;
    private final INDArray gradient;
    private final INDArray direction;
    private final SecondMoments moments;
    private INDArray design;
    private INDArray weighted;
    private INDArray values;

    LayerBlock(MinibatchDescent method, FeedforwardLayer layer, DataType type) {
        this.method = method;
        this.phi = layer.link() instanceof ComponentwiseLink link ? link.activation() : null;
        this.hasBias = layer.hasBias();
        Matrix transposed = layer.weights().transpose();
        this.theta = transposed.toArray(type).dup('f');
        this.velocity = Nd4j.create(type, theta.shape(), 'f');
        this.gradient = Nd4j.create(type, theta.shape(), 'f');
        this.direction = Nd4j.create(type, theta.shape(), 'f');
        this.moments = new SecondMoments(transposed.rows(), method.damping(), type);
    }

    INDArray theta() {
        return theta;
    }

    int inputs() {
        return theta.rows() - (hasBias ? 1 : 0);
    }

    void save(StateWriter writer) {
        writer.array(theta);
        writer.array(velocity);
        moments.save(writer);
    }

    void restore(StateReader reader) {
        reader.into(theta);
        reader.into(velocity);
        moments.restore(reader);
    }

    /** W [inputs, outputs], a view. */
    INDArray weights() {
        return hasBias ? theta.get(NDArrayIndex.interval(0, inputs()), NDArrayIndex.all()) : theta;
    }

    /** φ(XW + b), by the link of the layer. */
    INDArray forward(INDArray x) {
        design = hasBias ? withOnes(x) : x;
        weighted = Nd4j.createUninitialized(theta.dataType(), new long[] {x.size(0), theta.columns()}, 'c');
        Blas.multiply(design, false, theta, false, 0, weighted, false);
        values = phi == null ? Transforms.softmax(weighted, true) : phi.apply(weighted);
        return values;
    }

    /** XW + b of the last batch. */
    INDArray output() {
        return weighted;
    }

    private INDArray withOnes(INDArray x) {
        INDArray ones = Nd4j.createUninitialized(theta.dataType(), new long[] {x.size(0), theta.rows()}, 'c');
        ones.get(NDArrayIndex.all(), NDArrayIndex.interval(0, inputs())).assign(x);
        ones.get(NDArrayIndex.all(), NDArrayIndex.point(inputs())).assign(1);
        return ones;
    }

    /** e = k(φ(Z + pull/k) − φ(Z)); may change the pull. */
    INDArray errorFrom(INDArray pull) {
        INDArray proxy = phi.apply(pull.divi(method.ratio()).addi(weighted));
        return proxy.subi(values).muli(method.ratio());
    }

    /** The step in Θ along eSᵀ/m. */
    void step(INDArray error, double length, int steps) {
        moments.add(design, steps);
        Blas.multiply(design, true, error, false, 0, gradient, false);
        moments.precondition(gradient, direction);
        velocity.muli(method.momentum()).addi(direction.divi(error.size(0)));
        if (method.decay() > 0) {
            theta.muli(1 - method.decay() * length);
        }
        theta.addi(velocity.mul(length));
        design = null;
    }
}
