package org.implicitdl.convert;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** What the first layers of a network tell of its input, since DL4J does not keep the input type that it was given. */
final class InputTypes {
    private InputTypes() {}

    /** The type that a preprocessor before the first layer asks for, or the first layer with weights. */
    static Optional<InputType> find(InputPreProcessor preprocessor, List<Layer> layers) {
        return preprocessor != null ? ofPreprocessor(preprocessor) : ofLayers(layers);
    }

    private static Optional<InputType> ofPreprocessor(InputPreProcessor preprocessor) {
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
