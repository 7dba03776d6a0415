package org.implicitdl.convert;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;

/** Layers without weights of their own that make, take apart or move about the steps of a sequence. */
final class SequenceTranslators {
    private SequenceTranslators() {}

    static List<LayerTranslator<?>> all() {
        return List.of(
                of(LastTimeStep.class, SequenceTranslators::lastStep),
                of(TimeDistributed.class, SequenceTranslators::everyStep),
                of(RepeatVector.class, SequenceTranslators::repeated),
                of(
                        ZeroPadding1DLayer.class,
                        (layer, input) ->
                                moved(layer, input, t -> t - layer.conf().getPadding()[0])),
                of(
                        Cropping1D.class,
                        (layer, input) ->
                                moved(layer, input, t -> t + layer.conf().getCropping()[0])),
                of(
                        Upsampling1D.class,
                        (layer, input) ->
                                moved(layer, input, t -> t / layer.conf().getSize()[0])));
    }

    private static <L extends Layer> LayerTranslator<L> of(
            Class<L> type, BiFunction<LayerSource<L>, Signal, Signal> translation) {
        return new LayerTranslator<>() {
            @Override
            public Class<L> type() {
                return type;
            }

            @Override
            public Signal translate(LayerSource<L> layer, Signal input) {
                return translation.apply(layer, input);
            }
        };
    }

    private static Signal lastStep(LayerSource<LastTimeStep> layer, Signal input) {
        Signal all = layer.translate(layer.conf().getUnderlying(), layer.parameters(), input);
        if (all.shape().grid().size() != 1) {
            throw layer.unsupported("the layer within puts out " + all.shape() + ", which is no sequence");
        }
        return Sequences.last(all);
    }

    /** The layer within sees rows of features, one for each step. */
    private static Signal everyStep(LayerSource<TimeDistributed> layer, Signal input) {
        Sequences.require(layer, input.shape(), layer.conf().getRnnDataFormat());
        Signal rows = input.reshape(input.shape().withFolded(true));
        Signal output = layer.translate(layer.conf().getUnderlying(), layer.parameters(), rows);
        return output.reshape(output.shape().withFolded(false));
    }

    private static Signal repeated(LayerSource<RepeatVector> layer, Signal input) {
        if (!input.shape().grid().isEmpty()) {
            throw layer.unsupported("it repeats rows of features, but its input has " + input.shape());
        }
        return Sequences.repeated(input, layer.conf().getN(), layer.conf().getDataFormat() == RNNFormat.NWC);
    }

    /** A sequence whose steps are old ones, or 0 outside of the old sequence; DL4J knows channels first alone for it. */
    private static Signal moved(LayerSource<?> layer, Signal input, IntUnaryOperator source) {
        Sequences.require(layer, input.shape(), RNNFormat.NCW);
        return Selections.regrid(input, Grids.output(layer, input.shape()), source);
    }
}
