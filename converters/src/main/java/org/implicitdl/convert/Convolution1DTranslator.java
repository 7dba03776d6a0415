package org.implicitdl.convert;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.ConvolutionOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution of sequences: φ(W ∗ h + b).
 *
 * @param type the class itself, or a subclass that computes the same
 */
record Convolution1DTranslator<L extends Convolution1DLayer>(Class<L> type) implements LayerTranslator<L> {

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        Convolution1DLayer conf = layer.conf();
        TensorShape shape = input.shape();
        Sequences.require(layer, shape, conf.getRnnDataFormat());
        TensorShape to = Grids.output(layer, shape);
        Windows windows = Sequences.grids(
                        conf.getKernelSize(),
                        conf.getStride(),
                        conf.getDilation(),
                        conf.getPadding(),
                        conf.getConvolutionMode())
                .over(shape.gridSizes(), to.gridSizes());
        INDArray w = layer.parameter("W");
        long[] sizes = {w.size(2), w.size(1), w.size(0)};
        if (sizes[1] != shape.channels()) {
            throw layer.unsupported("its weights of shape " + Arrays.toString(w.shape()) + " do not fit its input of "
                    + shape + ", but take " + sizes[1] + " channels; give the right input type");
        }
        // DL4J does not permute its weights [n_out, n_in, width] for the native operation, but reads them as
        // [width, n_in, n_out].
        INDArray read = w.reshape(w.ordering(), sizes).permute(2, 1, 0);
        Offset b = conf.hasBias() ? Offset.repeated(layer.parameter("b"), to.points()) : Offset.zero(to.size());
        Signal z = input.affine(ConvolutionOperator.copyOf(read, windows, 1), b, to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
