package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What a layer makes of a batch of m samples, as rows in 'c' order, in arrays that all batches of this size share: the system
 * takes as long to give out fresh memory as the layer to fill it.
 *
 * @param design the inputs S [m, inputs], and ones beside them if the layer has a bias
 * @param inputs the view of S without the ones
 * @param weighted Z [m, outputs]
 * @param values φ(Z) [m, outputs]
 * @param pull [m, inputs], of the layer's error on the states below
 */
record BatchBuffers(INDArray design, INDArray inputs, INDArray weighted, INDArray values, INDArray pull) {

    /** For weights [inputs (+ 1), outputs]. */
    static BatchBuffers of(long samples, int inputs, INDArray theta) {
        INDArray design = array(theta, samples, theta.rows()).assign(1);
        return new BatchBuffers(
                design,
                design.get(NDArrayIndex.all(), NDArrayIndex.interval(0, inputs)),
                array(theta, samples, theta.columns()),
                array(theta, samples, theta.columns()),
                array(theta, samples, inputs));
    }

    private static INDArray array(INDArray like, long rows, long columns) {
        return Nd4j.createUninitialized(like.dataType(), new long[] {rows, columns}, 'c');
    }

    long samples() {
        return design.size(0);
    }

    /** Copies the inputs [m, inputs] of a batch. */
    void take(INDArray x) {
        Blas.copy(x, inputs);
    }
}
