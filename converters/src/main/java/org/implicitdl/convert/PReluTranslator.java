package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.DiagonalOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parametric ReLU: h for h ≥ 0 and αh below, which is αh + (1 − α)max(h, 0): an affine map of h and of its ReLU. */
final class PReluTranslator implements LayerTranslator<PReLULayer> {

    @Override
    public Class<PReLULayer> type() {
        return PReLULayer.class;
    }

    @Override
    public Signal translate(LayerSource<PReLULayer> layer, Signal input) {
        TensorShape shape = input.shape();
        INDArray alpha = layer.parameter("W");
        // Shared axes have the size 1; an array in DL4J's order becomes one in the model's.
        INDArray all = alpha.reshape(withSample(alpha.shape()))
                .broadcast(shape.arrayShape(1))
                .permute(shape.toChannelsFirst())
                .dup('c')
                .reshape(shape.size());
        Signal held = input.store();
        return held.affine(DiagonalOperator.copyOf(all), shape)
                .plus(held.activate(Activations.relu()).affine(DiagonalOperator.copyOf(all.rsub(1)), shape));
    }

    private static long[] withSample(long[] shape) {
        long[] all = new long[shape.length + 1];
        all[0] = 1;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return all;
    }
}
