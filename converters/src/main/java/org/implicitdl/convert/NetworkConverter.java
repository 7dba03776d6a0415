package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns DL4J networks into implicit models that compute the same (§2.2).
 *
 * <p>What each type of layer computes is said by its {@link LayerTranslator}; {@link #with} adds one of your own. A
 * converter is immutable and may be shared.
 */
public final class NetworkConverter {
    private static final NetworkConverter STANDARD = new NetworkConverter(index(List.of(
            new DenseTranslator(),
            new ActivationTranslator(),
            new DropoutTranslator(),
            new ElementWiseMultiplicationTranslator(),
            new OutputTranslator(),
            new LossTranslator())));

    private final Map<Class<?>, LayerTranslator<?>> translators;

    private NetworkConverter(Map<Class<?>, LayerTranslator<?>> translators) {
        this.translators = translators;
    }

    private static Map<Class<?>, LayerTranslator<?>> index(List<LayerTranslator<?>> translators) {
        return translators.stream().collect(Collectors.toUnmodifiableMap(LayerTranslator::type, t -> t));
    }

    /** The converter of dense, activation, dropout, element-wise multiplication, output and loss layers. */
    public static NetworkConverter standard() {
        return STANDARD;
    }

    /** This converter and a translator, which takes the place of one for the same type of layer. */
    public NetworkConverter with(LayerTranslator<?> translator) {
        Map<Class<?>, LayerTranslator<?>> more = new HashMap<>(translators);
        more.put(translator.type(), translator);
        return new NetworkConverter(Map.copyOf(more));
    }

    /** The names of the types of layers that can be converted, in alphabetical order. */
    public List<String> supported() {
        return translators.keySet().stream().map(Class::getSimpleName).sorted().toList();
    }

    /**
     * The implicit model of a network, with copies of its parameters.
     *
     * @throws UnsupportedLayerException if a layer, its settings or a preprocessor has no such form
     * @throws IllegalArgumentException if the network is not initialized, or of another type than FLOAT or DOUBLE
     * @throws org.implicitdl.operator.NonFiniteException if a parameter is NaN or infinite
     */
    public ImplicitNetwork convert(MultiLayerNetwork network) {
        if (!network.isInitCalled()) {
            throw new IllegalArgumentException(
                    "The network has no parameters yet; call init() before it is converted.");
        }
        DataType type = network.getLayerWiseConfigurations().getDataType();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("The network must be of type FLOAT or DOUBLE, but is of type " + type
                    + "; convert it first with network.convertDataType(DataType.FLOAT).");
        }
        // What is made here outlives any workspace that the caller may have open.
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            List<TranslatedLayer> layers = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < network.getnLayers(); i++) {
                requireHarmless(network.getLayerWiseConfigurations().getInputPreProcess(i), i);
                TranslatedLayer layer = translate(network, i);
                // DL4J lets two layers have one name, but hidden features are found by it.
                layers.add(names.add(layer.name()) ? layer : layer.named(layer.name() + " at index " + i));
            }
            return ImplicitNetwork.of(network, type, layers);
        }
    }

    /** A preprocessor may flatten images, which does nothing to rows of features; others change what is computed. */
    private static void requireHarmless(InputPreProcessor preprocessor, int index) {
        if (preprocessor != null && preprocessor.getClass() != CnnToFeedForwardPreProcessor.class) {
            throw new UnsupportedLayerException("The preprocessor before the layer at index " + index + " is a "
                    + preprocessor.getClass().getSimpleName() + ", which cannot be converted; supported is "
                    + CnnToFeedForwardPreProcessor.class.getSimpleName() + ".");
        }
    }

    private TranslatedLayer translate(MultiLayerNetwork network, int index) {
        Layer conf = unfrozen(network.getLayer(index).conf().getLayer());
        String name = Stream.of(network.getLayer(index).conf().getLayer().getLayerName(), conf.getLayerName())
                .filter(n -> n != null)
                .findFirst()
                .orElse("layer" + index);
        Map<String, INDArray> parameters = network.getLayer(index).paramTable();
        return new TranslatedLayer(
                name, steps(new LayerSource<>(index, name, conf, parameters == null ? Map.of() : parameters)));
    }

    private static Layer unfrozen(Layer conf) {
        if (conf instanceof FrozenLayer frozen) {
            return unfrozen(frozen.getLayer());
        }
        return conf instanceof FrozenLayerWithBackprop frozen ? unfrozen(frozen.getUnderlying()) : conf;
    }

    @SuppressWarnings("unchecked")
    private List<Step> steps(LayerSource<Layer> layer) {
        // Sound, because translators are filed under the very class that they take.
        LayerTranslator<Layer> translator =
                (LayerTranslator<Layer>) translators.get(layer.conf().getClass());
        if (translator == null) {
            throw layer.unsupported("there is no translator for its type; supported are "
                    + String.join(", ", supported()) + "; add one with NetworkConverter.with(...)");
        }
        return List.copyOf(translator.translate(layer));
    }
}
