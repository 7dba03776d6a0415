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
    private BatchBuffers buffers;

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

    /** φ(XW + b), by the link of the layer; overwritten by the next batch. */
    INDArray forward(INDArray x) {
        BatchBuffers at = buffers(x.size(0));
        at.take(x);
        Blas.multiply(at.design(), false, theta, false, 0, at.weighted(), false);
        at.values().assign(at.weighted());
        if (phi == null) {
            return Transforms.softmax(at.values(), false);
        }
        // As columns: the same memory in the order that activations are fast for.
        phi.applyInPlace(at.values().transpose());
        return at.values();
    }

    private BatchBuffers buffers(long samples) {
        if (buffers == null || buffers.samples() != samples) {
            buffers = BatchBuffers.of(samples, inputs(), theta);
        }
        return buffers;
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
        pull.divi(method.ratio()).addi(buffers.weighted());
        phi.applyInPlace(pull.transpose());
        return pull.subi(buffers.values()).muli(method.ratio());
    }

    /** The step in Θ along eSᵀ/m. */
    void step(INDArray error, double length, int steps) {
        moments.add(buffers.design(), steps);
        Blas.multiply(buffers.design(), true, error, false, 0, gradient, false);
        moments.precondition(gradient, direction);
        velocity.muli(method.momentum()).addi(direction.divi(error.size(0)));
        if (method.decay() > 0) {
            theta.muli(1 - method.decay() * length);
        }
        theta.addi(direction.assign(velocity).muli(length));
    }
}
