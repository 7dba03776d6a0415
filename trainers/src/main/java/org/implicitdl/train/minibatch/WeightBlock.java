package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Weights Θ [inputs, outputs] that one block holds, their momentum, and the second moments of their inputs. */
final class WeightBlock {
    private final MinibatchDescent method;
    private final INDArray theta;
    private final INDArray velocity;
    private final INDArray gradient;
    private final INDArray direction;
    private final SecondMoments moments;
    private INDArray room;

    /** @param weights [outputs, inputs], of samples as columns */
    WeightBlock(MinibatchDescent method, Matrix weights, DataType type) {
        this.method = method;
        this.theta = weights.transpose().toArray(type).dup('f');
        this.velocity = Nd4j.create(type, theta.shape(), 'f');
        this.gradient = Nd4j.create(type, theta.shape(), 'f');
        this.direction = Nd4j.create(type, theta.shape(), 'f');
        this.moments = new SecondMoments(weights.cols(), method.damping(), type);
    }

    /** Θ in 'f' order. */
    INDArray theta() {
        return theta;
    }

    /** The rows of Θ from one (included) to another (not included), as a view. */
    INDArray rows(int from, int to) {
        return theta.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    /** Room for the inputs S of m samples before a last column of ones; the same for every batch of m. */
    INDArray designWithOnes(long samples) {
        if (room == null || room.size(0) != samples) {
            room = Nd4j.createUninitialized(theta.dataType(), new long[] {samples, theta.rows()}, 'c');
            room.get(NDArrayIndex.all(), NDArrayIndex.point(theta.rows() - 1)).assign(1);
        }
        return room;
    }

    /** The columns of inputs from one (included) to another (not included), as a view. */
    static INDArray columns(INDArray design, int from, int to) {
        return design.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
    }

    /** SΘ for inputs S [m, inputs], in 'c' order. */
    INDArray times(INDArray design) {
        return times(
                design, Nd4j.createUninitialized(theta.dataType(), new long[] {design.size(0), theta.columns()}, 'c'));
    }

    /** SΘ for inputs S [m, inputs], in the place of another array [m, outputs]. */
    INDArray times(INDArray design, INDArray product) {
        Blas.multiply(design, false, theta, false, 0, product, false);
        return product;
    }

    /**
     * The step Θ ← Θ + t(Sᵀe/m)(G + ρI)⁻¹ with momentum and decay.
     *
     * @param design S [m, inputs]
     * @param error e [m, outputs]
     * @throws NonFiniteException if Θ no longer is finite
     */
    void step(INDArray design, INDArray error, double length, int steps) {
        moments.add(design, steps);
        Blas.multiply(design, true, error, false, 0, gradient, false);
        moments.precondition(gradient, direction);
        velocity.muli(method.momentum()).addi(direction.divi(error.size(0)));
        if (method.decay() > 0) {
            theta.muli(1 - method.decay() * length);
        }
        theta.addi(velocity.mul(length, direction));
        requireFinite();
    }

    /** @throws NonFiniteException if Θ is not finite */
    void requireFinite() {
        NonFiniteException.check("weights", theta);
    }

    /** See {@link SecondMoments#regressionOfFirst}. */
    INDArray regressionOfFirst(int n) {
        return moments.regressionOfFirst(n);
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
}
