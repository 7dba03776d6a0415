package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Turns DL4J networks into implicit models that compute the same (§2.2).
 *
 * <p>What each type of layer, vertex and preprocessor computes is said by its translator; {@link #with} adds one of your
 * own. A converter is immutable and may be shared.
 */
public final class NetworkConverter {
    private static final NetworkConverter STANDARD = new NetworkConverter(Translators.standard(), -1);

    private final Translators translators;
    /** How many time steps a sequence has where its type leaves that open; −1 for those that must tell. */
    private final int sequenceLength;

    private NetworkConverter(Translators translators, int sequenceLength) {
        this.translators = translators;
        this.sequenceLength = sequenceLength;
    }

    /** The converter of all that this library knows. */
    public static NetworkConverter standard() {
        return STANDARD;
    }

    /** This converter and a translator, which takes the place of one for the same type of layer. */
    public NetworkConverter with(LayerTranslator<?> translator) {
        return new NetworkConverter(translators.with(translator), sequenceLength);
    }

    /** This converter and a translator, which takes the place of one for the same type of vertex. */
    public NetworkConverter with(VertexTranslator<?> translator) {
        return new NetworkConverter(translators.with(translator), sequenceLength);
    }

    /** This converter and a translator, which takes the place of one for the same type of preprocessor. */
    public NetworkConverter with(PreprocessorTranslator<?> translator) {
        return new NetworkConverter(translators.with(translator), sequenceLength);
    }

    /**
     * This converter for sequences of the given length, to which recurrent networks are unrolled whose input type leaves
     * it open.
     *
     * @param steps the number of time steps
     * @throws IllegalArgumentException if it is not positive
     */
    public NetworkConverter withSequenceLength(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("A sequence has at least one time step, not " + steps + ".");
        }
        return new NetworkConverter(translators, steps);
    }

    /** The names of the types of layers that can be converted, in alphabetical order. */
    public List<String> supported() {
        return Translators.names(translators.layers());
    }

    /**
     * The implicit model of a network, with copies of its parameters. The shape of its input is told by its first layer,
     * if that takes rows of features or has a preprocessor.
     *
     * @throws UnsupportedLayerException if a layer, its settings or a preprocessor has no such form, or the first layer
     *     does not tell the shape of the input
     * @throws IllegalArgumentException if the network is not initialized, or of another type than FLOAT or DOUBLE
     * @throws org.implicitdl.operator.NonFiniteException if a parameter is NaN or infinite
     */
    public ImplicitNetwork convert(MultiLayerNetwork network) {
        return convert(network, new LayersConversion(this, network).inputType());
    }

    /**
     * The implicit model of a network for an input of the given shape, with copies of its parameters.
     *
     * @param input the type of the input, with all sizes; a recurrent network is unrolled to its number of time steps
     * @throws UnsupportedLayerException if a layer, its settings or a preprocessor has no such form
     * @throws IllegalArgumentException if the network is not initialized, or of another type than FLOAT or DOUBLE
     * @throws org.implicitdl.operator.NonFiniteException if a parameter is NaN or infinite
     */
    public ImplicitNetwork convert(MultiLayerNetwork network, InputType input) {
        return new LayersConversion(this, network).convert(input);
    }

    /**
     * The implicit model of a graph, with copies of its parameters. The shapes of its inputs are told by the layers that
     * read them, if they take rows of features or have preprocessors.
     *
     * @throws UnsupportedLayerException if a vertex, its settings or a preprocessor has no such form, or the shape of an
     *     input is not told
     * @throws IllegalArgumentException if the graph is not initialized, or of another type than FLOAT or DOUBLE
     * @throws org.implicitdl.operator.NonFiniteException if a parameter is NaN or infinite
     */
    public ImplicitNetwork convert(ComputationGraph graph) {
        return convert(graph, new GraphConversion(this, graph).inputTypes());
    }

    /**
     * The implicit model of a graph for inputs of the given shapes, with copies of its parameters.
     *
     * @param inputs the type of each input, with all sizes
     * @throws UnsupportedLayerException if a vertex, its settings or a preprocessor has no such form
     * @throws IllegalArgumentException if the graph is not initialized, or of another type than FLOAT or DOUBLE, or there
     *     are more or fewer types than inputs
     * @throws org.implicitdl.operator.NonFiniteException if a parameter is NaN or infinite
     */
    public ImplicitNetwork convert(ComputationGraph graph, InputType... inputs) {
        return new GraphConversion(this, graph).convert(inputs);
    }

    /** The type of an input with the number of its time steps, if it is one of sequences. */
    InputType unrolled(InputType type) {
        return InputTypes.unrolled(type, sequenceLength);
    }

    /** What a vertex puts out. */
    @SuppressWarnings("unchecked")
    Signal translate(VertexSource<GraphVertex> vertex, List<Signal> inputs) {
        // Sound, because translators are filed under the very class that they take.
        VertexTranslator<GraphVertex> translator = (VertexTranslator<GraphVertex>)
                translators.vertices().get(vertex.conf().getClass());
        if (translator == null) {
            throw vertex.unsupported(Refusals.vertex(vertex.conf().getClass())
                    .orElseGet(() -> "there is no translator for its type; supported are "
                            + String.join(", ", Translators.names(translators.vertices()))
                            + "; add one with NetworkConverter.with(...)"));
        }
        return translator.translate(vertex, inputs);
    }

    /** What a layer puts out, unwrapped if it is frozen. */
    @SuppressWarnings("unchecked")
    Signal translate(LayerSource<? extends Layer> source, Signal input) {
        LayerSource<Layer> layer = new LayerSource<>(
                source.index(), source.name(), Unwrapped.layer(source.conf()), source.parameters(), this);
        LayerTranslator<Layer> translator =
                (LayerTranslator<Layer>) translators.layers().get(layer.conf().getClass());
        if (translator == null) {
            throw layer.unsupported(Refusals.layer(layer.conf().getClass())
                    .orElseGet(() -> "there is no translator for its type; supported are "
                            + String.join(", ", supported()) + "; add one with NetworkConverter.with(...)"));
        }
        try {
            return translator.translate(layer, input);
        } catch (ShapeException e) {
            throw layer.unsupported("its parameters do not fit its input of " + input.shape() + ": " + e.getMessage());
        }
    }

    /**
     * What a preprocessor makes of an input; null does nothing.
     *
     * @param place the layer that it stands before, in words
     */
    @SuppressWarnings("unchecked")
    Signal preprocess(InputPreProcessor preprocessor, String place, Signal input) {
        if (preprocessor == null) {
            return input;
        }
        if (preprocessor instanceof ComposableInputPreProcessor composed) {
            Signal signal = input;
            for (InputPreProcessor part : composed.getInputPreProcessors()) {
                signal = preprocess(part, place, signal);
            }
            return signal;
        }
        PreprocessorTranslator<InputPreProcessor> translator = (PreprocessorTranslator<InputPreProcessor>)
                translators.preprocessors().get(preprocessor.getClass());
        if (translator == null) {
            String name = preprocessor.getClass().getSimpleName();
            throw UnsupportedLayerException.because(
                    name + " before the " + place,
                    "there is no translator for its type; supported are "
                            + String.join(", ", Translators.names(translators.preprocessors()))
                            + "; add one with NetworkConverter.with(...)");
        }
        try {
            return translator.translate(preprocessor, input);
        } catch (ShapeException e) {
            throw UnsupportedLayerException.because(
                    preprocessor.getClass().getSimpleName() + " before the " + place, e.getMessage());
        }
    }

    /** Refuses networks without parameters, or of a type that models do not have. */
    static void requireReady(boolean initialized, DataType type) {
        if (!initialized) {
            throw new IllegalArgumentException(
                    "The network has no parameters yet; call init() before it is converted.");
        }
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("The network must be of type FLOAT or DOUBLE, but is of type " + type
                    + "; convert it first with network.convertDataType(DataType.FLOAT).");
        }
    }

    /** What to throw if the shape of an input is not told. */
    static UnknownInputException unknown(String what) {
        return new UnknownInputException(
                "Nothing says how many features " + what + " takes, or on what grid",
                "give its input type, such as convert(network, InputType.convolutional(height, width, channels))");
    }
}
