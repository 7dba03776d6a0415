package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;

/** Volumes padded with zeros, cropped, and with every point repeated. */
final class VolumeTranslators {
    private VolumeTranslators() {}

    static List<LayerTranslator<?>> all() {
        return List.of(new Padding(), new Cropping(), new Upsampling());
    }

    private static final class Padding implements LayerTranslator<ZeroPadding3DLayer> {
        @Override
        public Class<ZeroPadding3DLayer> type() {
            return ZeroPadding3DLayer.class;
        }

        @Override
        public Signal translate(LayerSource<ZeroPadding3DLayer> layer, Signal input) {
            Images.require(layer, input.shape(), false, 3);
            int[] pad = layer.conf().getPadding();
            int[] grid = input.shape().gridSizes();
            TensorShape to = input.shape()
                    .withGrid(grid[0] + pad[0] + pad[1], grid[1] + pad[2] + pad[3], grid[2] + pad[4] + pad[5]);
            return Selections.regrid(input, to, d -> d - pad[0], h -> h - pad[2], w -> w - pad[4]);
        }
    }

    private static final class Cropping implements LayerTranslator<Cropping3D> {
        @Override
        public Class<Cropping3D> type() {
            return Cropping3D.class;
        }

        @Override
        public Signal translate(LayerSource<Cropping3D> layer, Signal input) {
            Images.require(layer, input.shape(), false, 3);
            int[] crop = layer.conf().getCropping();
            int[] grid = input.shape().gridSizes();
            TensorShape to = input.shape()
                    .withGrid(grid[0] - crop[0] - crop[1], grid[1] - crop[2] - crop[3], grid[2] - crop[4] - crop[5]);
            return Selections.regrid(input, to, d -> d + crop[0], h -> h + crop[2], w -> w + crop[4]);
        }
    }

    private static final class Upsampling implements LayerTranslator<Upsampling3D> {
        @Override
        public Class<Upsampling3D> type() {
            return Upsampling3D.class;
        }

        @Override
        public Signal translate(LayerSource<Upsampling3D> layer, Signal input) {
            boolean channelsLast = layer.conf().getDataFormat() == Convolution3D.DataFormat.NDHWC;
            Images.require(layer, input.shape(), channelsLast, 3);
            int[] size = layer.conf().getSize();
            int[] grid = input.shape().gridSizes();
            TensorShape to = input.shape().withGrid(grid[0] * size[0], grid[1] * size[1], grid[2] * size[2]);
            return Selections.regrid(input, to, d -> d / size[0], h -> h / size[1], w -> w / size[2]);
        }
    }
}
