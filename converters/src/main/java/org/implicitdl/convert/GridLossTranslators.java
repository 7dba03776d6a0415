package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;

/** Loss layers of images and volumes: φ(h) at every point. */
final class GridLossTranslators {
    private GridLossTranslators() {}

    static List<LayerTranslator<?>> all() {
        return List.of(new Images2D(), new Volumes());
    }

    private static <L extends Layer> Signal at(
            LayerSource<L> layer, Signal input, boolean channelsLast, int dimensions, IActivation activation) {
        Images.require(layer, input.shape(), channelsLast, dimensions);
        return Maps.activated(layer, input, activation, Maps.SoftmaxAxis.CHANNELS);
    }

    private static final class Images2D implements LayerTranslator<CnnLossLayer> {
        @Override
        public Class<CnnLossLayer> type() {
            return CnnLossLayer.class;
        }

        @Override
        public Signal translate(LayerSource<CnnLossLayer> layer, Signal input) {
            boolean channelsLast = layer.conf().getFormat() == CNN2DFormat.NHWC;
            return at(layer, input, channelsLast, 2, layer.conf().getActivationFn());
        }
    }

    private static final class Volumes implements LayerTranslator<Cnn3DLossLayer> {
        @Override
        public Class<Cnn3DLossLayer> type() {
            return Cnn3DLossLayer.class;
        }

        @Override
        public Signal translate(LayerSource<Cnn3DLossLayer> layer, Signal input) {
            boolean channelsLast = layer.conf().getDataFormat() == Convolution3D.DataFormat.NDHWC;
            return at(layer, input, channelsLast, 3, layer.conf().getActivationFn());
        }
    }
}
