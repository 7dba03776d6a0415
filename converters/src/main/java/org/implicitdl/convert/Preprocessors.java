package org.implicitdl.convert;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.implicitdl.operator.ShapeException;

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
                of(CnnToRnnPreProcessor.class, (p, input) -> sequence(flattened(input), p.getRnnDataFormat())),
                of(FeedForwardToRnnPreProcessor.class, (p, input) -> sequence(input, p.getRnnDataFormat())),
                of(RnnToFeedForwardPreProcessor.class, (p, input) -> folded(input, p.getRnnDataFormat())),
                of(RnnToCnnPreProcessor.class, Preprocessors::images));
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
        TensorShape shape = input.shape();
        return InputType.feedForward(shape.folded() ? shape.channels() : shape.size());
    }

    /** Rows of features stay as they are. */
    private static Signal flattened(Signal input) {
        return input.shape().grid().isEmpty() ? input : Selections.arrayOrder(input);
    }

    private static Signal onGrid(Signal input, InputType type) {
        TensorShape shape = input.shape();
        Signal rows = shape.folded() ? anyStep(input) : input;
        return rows.shape().grid().isEmpty() ? Selections.fromArrayOrder(rows, TensorShape.of(type)) : rows;
    }

    /** Rows become a sequence again, or one of a single step if they never were. */
    private static Signal sequence(Signal input, RNNFormat format) {
        TensorShape shape = input.shape();
        List<Signal> every = input.everyStep();
        if (every.size() > 1) {
            return Signal.sequence(
                    every, new TensorShape(shape.size(), List.of(every.size()), format == RNNFormat.NWC, false));
        }
        List<Integer> steps = shape.folded() ? shape.grid() : List.of(1);
        return input.reshape(new TensorShape(shape.channels(), steps, format == RNNFormat.NWC, false));
    }

    private static Signal folded(Signal input, RNNFormat format) {
        TensorShape shape = input.shape();
        if (shape.grid().isEmpty()) {
            return input;
        }
        requireFormat(shape, format);
        return input.reshape(shape.withFolded(true));
    }

    /** An image of every time step, which are samples of their own in DL4J. */
    private static Signal images(RnnToCnnPreProcessor preprocessor, Signal input) {
        requireFormat(input.shape(), preprocessor.getRnnDataFormat());
        return anyStep(input)
                .reshape(TensorShape.of(InputType.convolutional(
                        preprocessor.getInputHeight(), preprocessor.getInputWidth(), preprocessor.getNumChannels())));
    }

    private static Signal anyStep(Signal sequence) {
        return sequence.shape().points() == 1
                ? sequence.reshape(TensorShape.flat(sequence.shape().channels()))
                : sequence.anyStep();
    }

    private static void requireFormat(TensorShape shape, RNNFormat format) {
        if (shape.grid().size() != 1 || shape.channelsLast() != (format == RNNFormat.NWC)) {
            throw new ShapeException("it takes sequences in the format " + format + ", but its input has " + shape
                    + "; use one format for all layers");
        }
    }
}
