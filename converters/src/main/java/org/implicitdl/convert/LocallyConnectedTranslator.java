package org.implicitdl.convert;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.implicitdl.operator.SparseOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A locally connected layer: a convolution with weights of its own for every window, DL4J's W [windows, n_in · height ·
 * width, n_out]. Each weight is used once, so that the layer is a sparse matrix of them.
 */
final class LocallyConnectedTranslator implements LayerTranslator<LocallyConnected2D> {

    @Override
    public Class<LocallyConnected2D> type() {
        return LocallyConnected2D.class;
    }

    @Override
    public Signal translate(LayerSource<LocallyConnected2D> layer, Signal input) {
        LocallyConnected2D conf = layer.conf();
        TensorShape from = input.shape();
        Images.require(layer, from, conf.getFormat() == CNN2DFormat.NHWC);
        Grids.refuseCausal(layer, conf.getCm());
        int[] size = conf.getOutputSize();
        TensorShape to = from.withChannels((int) conf.getNOut()).withGrid(size);
        int[] kernel = conf.getKernel();
        int taps = kernel[0] * kernel[1];
        // DL4J gathers its windows column by column, and lays out what they give row by row.
        Entries entries = new Entries(layer.parameter("W"), to.points());
        for (int place = 0; place < to.points(); place++) {
            int top = place % size[0] * conf.getStride()[0] - conf.getPadding()[0];
            int left = place / size[0] * conf.getStride()[1] - conf.getPadding()[1];
            for (int f = 0; f < from.channels() * taps; f++) {
                int row = top + f % taps / kernel[1];
                int col = left + f % kernel[1];
                boolean inside = row >= 0
                        && row < from.grid().get(0)
                        && col >= 0
                        && col < from.grid().get(1);
                int point = (f / taps * from.grid().get(0) + row) * from.grid().get(1) + col;
                entries.connect(place, f, inside ? point : -1);
            }
        }
        Signal z =
                input.affine(entries.toOperator(to.size(), from.size()), Grids.bias(layer, conf.isHasBias(), to), to);
        return Maps.activated(layer, z, Maps.ofSameDiff(conf.getActivation()), Maps.SoftmaxAxis.LAST);
    }

    /** The weights at their places in a matrix from input features to (channel, window). */
    static final class Entries {
        private final double[] weights;
        private final int features;
        private final int outputs;
        private final int places;
        private final int[] rows;
        private final int[] cols;
        private final double[] values;
        private int count;

        /** @param w W [windows, features of a window, n_out] */
        Entries(INDArray w, int places) {
            this.weights = w.dup('c').reshape(w.length()).toDoubleVector();
            this.features = (int) w.size(1);
            this.outputs = (int) w.size(2);
            this.places = places;
            this.rows = new int[weights.length];
            this.cols = new int[weights.length];
            this.values = new double[weights.length];
        }

        /** Feature f of a window is an input feature, or padding if that is −1. */
        void connect(int place, int f, int input) {
            for (int o = 0; o < outputs && input >= 0; o++, count++) {
                rows[count] = o * places + place;
                cols[count] = input;
                values[count] = weights[(place * features + f) * outputs + o];
            }
        }

        SparseOperator toOperator(int height, int width) {
            return SparseOperator.of(
                    height,
                    width,
                    Arrays.copyOf(rows, count),
                    Arrays.copyOf(cols, count),
                    Arrays.copyOf(values, count));
        }
    }
}
