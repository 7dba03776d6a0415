package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.DiagonalOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch normalization at inference: γ(h − μ)/√(σ² + ε) + β for every channel, an affine map, by the statistics that
 * training gathered.
 */
final class BatchNormalizationTranslator implements LayerTranslator<BatchNormalization> {

    @Override
    public Class<BatchNormalization> type() {
        return BatchNormalization.class;
    }

    @Override
    public Signal translate(LayerSource<BatchNormalization> layer, Signal input) {
        BatchNormalization conf = layer.conf();
        TensorShape shape = input.shape();
        if (shape.grid().size() == 1 && !shape.folded()) {
            throw layer.unsupported("DL4J normalizes sequences over the samples of the batch instead of the channels;"
                    + " normalize before or after the sequence");
        }
        if (shape.grid().size() == 2) {
            Images.require(layer, shape, conf.getCnn2DFormat() == CNN2DFormat.NHWC);
        } else if (shape.grid().size() == 3) {
            throw layer.unsupported("DL4J does not normalize volumes");
        }
        double[] mean = values(layer.parameter("mean"));
        double[] variance = variance(layer);
        boolean locked = conf.isLockGammaBeta();
        // DL4J applies fixed values only if both differ from their defaults.
        boolean fixed = locked && conf.getGamma() != 1 && conf.getBeta() != 0;
        double[] scale = new double[mean.length];
        double[] shift = new double[mean.length];
        double[] gamma = locked ? null : values(layer.parameter("gamma"));
        double[] beta = locked ? null : values(layer.parameter("beta"));
        for (int c = 0; c < mean.length; c++) {
            double g = locked ? fixed ? conf.getGamma() : 1 : gamma[c];
            double b = locked ? fixed ? conf.getBeta() : 0 : beta[c];
            scale[c] = g / Math.sqrt(variance[c] + conf.getEps());
            shift[c] = b - scale[c] * mean[c];
        }
        DataType type = layer.parameter("mean").dataType();
        return input.affine(
                DiagonalOperator.repeated(Nd4j.createFromArray(scale).castTo(type), shape.points()),
                Offset.repeated(Nd4j.createFromArray(shift).castTo(type), shape.points()),
                shape);
    }

    private static double[] variance(LayerSource<BatchNormalization> layer) {
        if (!layer.conf().isUseLogStd()) {
            return values(layer.parameter("var"));
        }
        double[] logs = values(layer.parameter("log10stdev"));
        double[] variance = new double[logs.length];
        for (int c = 0; c < logs.length; c++) {
            variance[c] = Math.pow(10, 2 * logs[c]);
        }
        return variance;
    }

    private static double[] values(INDArray vector) {
        return vector.reshape(vector.length()).toDoubleVector();
    }
}
