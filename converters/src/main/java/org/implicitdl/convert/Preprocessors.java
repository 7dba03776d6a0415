package org.implicitdl.convert;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/** DL4J's preprocessors, which flatten features, give them a grid, or put the steps of sequences into rows. */
final class Preprocessors {
    private Preprocessors() {}

    static List<PreprocessorTranslator<?>> standard() {
        return List.of(
                of(CnnToFeedForwardPreProcessor.class, (p, input) -> flattened(input)),
                of(Cnn3DToFeedForwardPreProcessor.class, (p, input) -> flattened(input)),
                of(
                        FeedForwardToCnnPreProcessor.class,
                        (p, input) -> onGrid(
                                input,
                                InputType.convolutional(p.getInputHeight(), p.getInputWidth(), p.getNumChannels()))),
                of(FeedForwardToCnn3DPreProcessor.class, (p, input) -> onGrid(input, p.getOutputType(flat(input)))),
                of(CnnToRnnPreProcessor.class, (p, input) -> sequence(flattened(input))),
                of(FeedForwardToRnnPreProcessor.class, (p, input) -> sequence(input)),
                of(RnnToFeedForwardPreProcessor.class, (p, input) -> folded(input)));
    }

    private static <P extends InputPreProcessor> PreprocessorTranslator<P> of(
            Class<P> type, BiFunction<P, Signal, Signal> translation) {
        return new PreprocessorTranslator<>() {
            @Override
            public Class<P> type() {
                return type;
            }

            @Override
            public Signal translate(P preprocessor, Signal input) {
                return translation.apply(preprocessor, input);
            }
        };
    }

    private static InputType flat(Signal input) {
        return InputType.feedForward(input.shape().size());
    }

    /** Rows of features stay as they are. */
    private static Signal flattened(Signal input) {
        return input.shape().grid().isEmpty() ? input : Selections.arrayOrder(input);
    }

    private static Signal onGrid(Signal input, InputType type) {
        return input.shape().grid().isEmpty() ? Selections.fromArrayOrder(input, TensorShape.of(type)) : input;
    }

    /** Rows become a sequence again, or one of a single step if they never were. */
    private static Signal sequence(Signal input) {
        TensorShape shape = input.shape();
        return input.reshape(shape.folded() ? shape.withFolded(false) : shape.withGrid(1));
    }

    private static Signal folded(Signal input) {
        TensorShape shape = input.shape();
        return shape.grid().isEmpty() ? input : input.reshape(shape.withFolded(true));
    }
}
