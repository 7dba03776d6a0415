package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.implicitdl.kernel.Windows;

/** A pooling of volumes: the largest or the average of each window. */
final class Subsampling3DTranslator implements LayerTranslator<Subsampling3DLayer> {

    @Override
    public Class<Subsampling3DLayer> type() {
        return Subsampling3DLayer.class;
    }

    @Override
    public Signal translate(LayerSource<Subsampling3DLayer> layer, Signal input) {
        Subsampling3DLayer conf = layer.conf();
        Images.require(layer, input.shape(), conf.getDataFormat() == Convolution3D.DataFormat.NDHWC, 3);
        Grids.refuseCausal(layer, conf.getConvolutionMode());
        Grids grids = new Grids(
                conf.getKernelSize(),
                conf.getStride(),
                conf.getDilation(),
                conf.getPadding(),
                conf.getConvolutionMode());
        int[] places = grids.places(input.shape().gridSizes());
        TensorShape to = input.shape().withGrid(places);
        Windows windows = grids.over(input.shape().gridSizes(), places);
        // DL4J takes the average for every type but the largest.
        PoolingType type = conf.getPoolingType() == PoolingType.MAX ? PoolingType.MAX : PoolingType.AVG;
        return PoolingMaps.pooled(input, type, 1, false, windows, to);
    }
}
