package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
        requireReady(
                network.isInitCalled(), network.getLayerWiseConfigurations().getDataType());
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < network.getnLayers(); i++) {
            layers.add(unfrozen(confOf(network, i)));
        }
        InputPreProcessor first = network.getLayerWiseConfigurations().getInputPreProcess(0);
        return convert(network, InputTypes.find(first, layers).orElseThrow(() -> unknown("the network")));
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
        DataType type = network.getLayerWiseConfigurations().getDataType();
        requireReady(network.isInitCalled(), type);
        // What is made here outlives any workspace that the caller may have open.
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Conversion conversion = new Conversion(
                    List.of(Port.input("", unrolled(input), Optional.of(unfrozen(confOf(network, 0))))), type);
            Signal signal = conversion.input(0);
            String name = "";
            for (int i = 0; i < network.getnLayers(); i++) {
                org.deeplearning4j.nn.api.Layer layer = network.getLayer(i);
                Layer conf = confOf(network, i);
                name = conversion.enter(nameOf(conf, i), i);
                signal = preprocess(
                        network.getLayerWiseConfigurations().getInputPreProcess(i),
                        "layer at index " + i + " (\"" + name + "\")",
                        signal);
                signal = translate(new LayerSource<>(i, name, conf, parameters(layer), this), signal);
                conversion.leave(name, signal);
            }
            return conversion.finish(List.of(name), List.of(signal), Objective.of(network));
        }
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
        ComputationGraphConfiguration conf = graph.getConfiguration();
        InputType[] inputs = conf.getNetworkInputs().stream()
                .map(name -> readers(conf, name)
                        .flatMap(
                                reader -> InputTypes.find(
                                        reader.getPreProcessor(),
                                        List.of(unfrozen(reader.getLayerConf().getLayer())))
                                        .stream())
                        .findFirst()
                        .orElseThrow(() -> unknown("input \"" + name + "\" of the graph")))
                .toArray(InputType[]::new);
        return convert(graph, inputs);
    }

    private static Stream<LayerVertex> readers(ComputationGraphConfiguration conf, String input) {
        return conf.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(input))
                .map(entry -> unfrozen(conf.getVertices().get(entry.getKey())))
                .filter(LayerVertex.class::isInstance)
                .map(LayerVertex.class::cast);
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
        ComputationGraphConfiguration conf = graph.getConfiguration();
        requireReady(graph.getVertices() != null, conf.getDataType());
        List<String> names = conf.getNetworkInputs();
        if (inputs.length != names.size()) {
            throw new IllegalArgumentException("The graph has the inputs " + names + ", but " + inputs.length
                    + " input types were given; give one for each.");
        }
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            List<Port> ports = new ArrayList<>();
            for (int i = 0; i < inputs.length; i++) {
                ports.add(Port.input(
                        names.get(i),
                        unrolled(inputs[i]),
                        readers(conf, names.get(i))
                                .map(NetworkConverter::layerOf)
                                .findFirst()));
            }
            Conversion conversion = new Conversion(ports, conf.getDataType());
            Map<String, Signal> signals = new HashMap<>();
            Map<String, TensorShape> shapes = new LinkedHashMap<>();
            for (int i = 0; i < inputs.length; i++) {
                signals.put(names.get(i), conversion.input(i));
                shapes.put(names.get(i), conversion.input(i).shape());
            }
            int[] order = graph.topologicalSortOrder();
            for (int i = 0; i < order.length; i++) {
                String name = graph.getVertices()[order[i]].getVertexName();
                if (!signals.containsKey(name)) {
                    List<Signal> own = conf.getVertexInputs().get(name).stream()
                            .map(signals::get)
                            .toList();
                    conversion.enter(name, i);
                    Signal output = translate(graph, name, i, shapes, own);
                    // What several vertices read is computed once.
                    signals.put(name, uses(conf, name) > 1 ? output.store() : output);
                    conversion.leave(name, output);
                }
            }
            List<String> outputs = conf.getNetworkOutputs();
            return conversion.finish(outputs, outputs.stream().map(signals::get).toList(), Optional.empty());
        }
    }

    private InputType unrolled(InputType type) {
        return InputTypes.unrolled(type, sequenceLength);
    }

    private static long uses(ComputationGraphConfiguration conf, String name) {
        return Stream.concat(
                        conf.getVertexInputs().values().stream().flatMap(List::stream),
                        conf.getNetworkOutputs().stream())
                .filter(name::equals)
                .count();
    }

    private Signal translate(
            ComputationGraph graph,
            String name,
            int index,
            Map<String, TensorShape> networkInputs,
            List<Signal> inputs) {
        GraphVertex vertex = unfrozen(graph.getConfiguration().getVertices().get(name));
        if (vertex instanceof LayerVertex layer) {
            Signal input = preprocess(layer.getPreProcessor(), "layer \"" + name + "\"", inputs.get(0));
            org.deeplearning4j.nn.api.Layer runtime = graph.getVertex(name).getLayer();
            Layer conf = layer.getLayerConf().getLayer();
            return translate(new LayerSource<>(index, name, conf, parameters(runtime), this), input);
        }
        return translate(new VertexSource<>(index, name, vertex, networkInputs, this), inputs);
    }

    @SuppressWarnings("unchecked")
    private Signal translate(VertexSource<GraphVertex> vertex, List<Signal> inputs) {
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
        LayerSource<Layer> layer =
                new LayerSource<>(source.index(), source.name(), unfrozen(source.conf()), source.parameters(), this);
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
                    Refusals.preprocessor(preprocessor.getClass())
                            .orElseGet(() -> "there is no translator for its type; supported are "
                                    + String.join(", ", Translators.names(translators.preprocessors()))
                                    + "; add one with NetworkConverter.with(...)"));
        }
        try {
            return translator.translate(preprocessor, input);
        } catch (ShapeException e) {
            throw UnsupportedLayerException.because(
                    preprocessor.getClass().getSimpleName() + " before the " + place, e.getMessage());
        }
    }

    /** What the network was made of: a wrapper at work says that it is the layer within. */
    private static Layer confOf(MultiLayerNetwork network, int index) {
        return network.getLayerWiseConfigurations().getConf(index).getLayer();
    }

    private static String nameOf(Layer conf, int index) {
        return Stream.of(conf.getLayerName(), unfrozen(conf).getLayerName())
                .filter(n -> n != null)
                .findFirst()
                .orElse("layer" + index);
    }

    private static Map<String, INDArray> parameters(org.deeplearning4j.nn.api.Layer layer) {
        Map<String, INDArray> parameters = layer.paramTable();
        return parameters == null ? Map.of() : parameters;
    }

    private static Layer layerOf(LayerVertex vertex) {
        return unfrozen(vertex.getLayerConf().getLayer());
    }

    private static Layer unfrozen(Layer conf) {
        if (conf instanceof FrozenLayer frozen) {
            return unfrozen(frozen.getLayer());
        }
        return conf instanceof FrozenLayerWithBackprop frozen ? unfrozen(frozen.getUnderlying()) : conf;
    }

    private static GraphVertex unfrozen(GraphVertex conf) {
        return conf instanceof FrozenVertex frozen ? unfrozen(frozen.getUnderlying()) : conf;
    }

    private static void requireReady(boolean initialized, DataType type) {
        if (!initialized) {
            throw new IllegalArgumentException(
                    "The network has no parameters yet; call init() before it is converted.");
        }
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("The network must be of type FLOAT or DOUBLE, but is of type " + type
                    + "; convert it first with network.convertDataType(DataType.FLOAT).");
        }
    }

    private static UnsupportedLayerException unknown(String what) {
        return new UnsupportedLayerException("Nothing says how many features " + what
                + " takes, or on what grid; give its input type, such as convert(network,"
                + " InputType.convolutional(height, width, channels)).");
    }
}
