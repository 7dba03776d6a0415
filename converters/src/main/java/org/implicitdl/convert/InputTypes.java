package org.implicitdl.convert;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/** What the first layers of a network tell of its input, since DL4J does not keep the input type that it was given. */
final class InputTypes {
    private InputTypes() {}

    /** The type, with the number of time steps if it leaves that open. */
    static InputType unrolled(InputType type, int steps) {
        return type instanceof InputType.InputTypeRecurrent sequence && sequence.getTimeSeriesLength() < 1 && steps > 0
                ? InputType.recurrent(sequence.getSize(), steps, sequence.getFormat())
                : type;
    }

    /** The type that a preprocessor before the first layer asks for, or the first layer with weights. */
    static Optional<InputType> find(InputPreProcessor preprocessor, List<Layer> layers) {
        if (preprocessor instanceof RnnToFeedForwardPreProcessor p) {
            return nIn(layers.get(0)).map(size -> InputType.recurrent(size, p.getRnnDataFormat()));
        }
        return preprocessor != null
                ? ofPreprocessor(preprocessor)
                : ofSequences(layers).or(() -> ofLayers(layers));
    }

    private static Optional<InputType> ofPreprocessor(InputPreProcessor preprocessor) {
        if (preprocessor instanceof RnnToCnnPreProcessor p) {
            int size = p.getInputHeight() * p.getInputWidth() * p.getNumChannels();
            return Optional.of(InputType.recurrent(size, p.getRnnDataFormat()));
        }
        if (preprocessor instanceof CnnToFeedForwardPreProcessor p && p.getInputHeight() > 0) {
            return Optional.of(
                    InputType.convolutional(p.getInputHeight(), p.getInputWidth(), p.getNumChannels(), p.getFormat()));
        }
        if (preprocessor instanceof Cnn3DToFeedForwardPreProcessor p && p.getInputHeight() > 0) {
            return Optional.of(InputType.convolutional3D(
                    p.isNCDHW() ? Convolution3D.DataFormat.NCDHW : Convolution3D.DataFormat.NDHWC,
                    p.getInputDepth(),
                    p.getInputHeight(),
                    p.getInputWidth(),
                    p.getNumChannels()));
        }
        if (preprocessor instanceof FeedForwardToCnnPreProcessor p) {
            return Optional.of(InputType.feedForward(p.getInputHeight() * p.getInputWidth() * p.getNumChannels()));
        }
        if (preprocessor instanceof FeedForwardToCnn3DPreProcessor p) {
            return Optional.of(InputType.feedForward(
                    (long) p.getInputDepth() * p.getInputHeight() * p.getInputWidth() * p.getNumChannels()));
        }
        return Optional.empty();
    }

    /** The first layer, if it takes sequences, which are of any length. */
    private static Optional<InputType> ofSequences(List<Layer> layers) {
        Layer first = layers.get(0);
        if (first instanceof Bidirectional both) {
            return ofSequences(List.of(both.getFwd()));
        }
        if (first instanceof LastTimeStep last) {
            return ofSequences(List.of(last.getUnderlying()));
        }
        if (first instanceof EmbeddingSequenceLayer embedding && embedding.isInferInputLength()) {
            return nIn(first).map(InputType::recurrent);
        }
        return formatOf(first).flatMap(format -> nIn(first).map(size -> InputType.recurrent(size, format)));
    }

    private static Optional<RNNFormat> formatOf(Layer layer) {
        if (layer instanceof BaseRecurrentLayer recurrent) {
            return Optional.of(orFirst(recurrent.getRnnDataFormat()));
        }
        if (layer instanceof Convolution1DLayer convolution) {
            return Optional.of(orFirst(convolution.getRnnDataFormat()));
        }
        return layer instanceof TimeDistributed each ? Optional.of(orFirst(each.getRnnDataFormat())) : Optional.empty();
    }

    /** Channels come first where a layer does not say. */
    private static RNNFormat orFirst(RNNFormat format) {
        return format == null ? RNNFormat.NCW : format;
    }

    private static Optional<Long> nIn(Layer layer) {
        if (layer instanceof TimeDistributed each) {
            return nIn(each.getUnderlying());
        }
        return layer instanceof FeedForwardLayer weighted && weighted.getNIn() > 0
                ? Optional.of(weighted.getNIn())
                : Optional.empty();
    }

    /** The first layer with weights, if it takes rows of features. */
    private static Optional<InputType> ofLayers(List<Layer> layers) {
        if (layers.get(0) instanceof EmbeddingSequenceLayer embedding && !embedding.isInferInputLength()) {
            return Optional.of(InputType.recurrent(embedding.getNIn(), embedding.getInputLength()));
        }
        return layers.stream()
                .filter(layer -> layer instanceof FeedForwardLayer weighted && weighted.getNIn() > 0)
                .findFirst()
                .map(layer -> InputType.feedForward(((FeedForwardLayer) layer).getNIn()))
                .filter(type -> takes(layers, type));
    }

    private static boolean takes(List<Layer> layers, InputType rows) {
        InputType type = rows;
        try {
            for (Layer layer : layers) {
                type = layer.getOutputType(0, type);
                if (layer instanceof FeedForwardLayer) {
                    return type.getType() == InputType.Type.FF;
                }
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
        return false;
    }
}
