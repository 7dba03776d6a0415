package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network as the implicit model that computes the same. Arrays have samples as rows here, as in DL4J, and as columns
 * in the {@link #model()}. It shares nothing with the network that it was made of, is immutable, and may be used from
 * any number of threads.
 */
public final class ImplicitNetwork {
    private final ImplicitModel model;
    private final ImplicitModel preOutput;
    private final DataType type;
    private final List<Assembly.Block> blocks;
    private final Optional<Objective> objective;
    private final Optional<InputPreProcessor> preprocessor;

    private ImplicitNetwork(
            ImplicitModel model,
            ImplicitModel preOutput,
            DataType type,
            List<Assembly.Block> blocks,
            Optional<Objective> objective,
            Optional<InputPreProcessor> preprocessor) {
        this.model = model;
        this.preOutput = preOutput;
        this.type = type;
        this.blocks = blocks;
        this.objective = objective;
        this.preprocessor = preprocessor;
    }

    static ImplicitNetwork of(MultiLayerNetwork network, DataType type, List<TranslatedLayer> layers) {
        int inputs = layers.stream()
                .map(TranslatedLayer::inputs)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .findFirst()
                .orElseThrow(() -> new UnsupportedLayerException("No layer says how many features there are; a network"
                        + " needs at least one layer with weights."));
        List<TranslatedLayer> head = new ArrayList<>(layers);
        head.set(layers.size() - 1, layers.get(layers.size() - 1).beforeActivation());
        Assembly whole = assemble(inputs, layers);
        return new ImplicitNetwork(
                whole.model(),
                assemble(inputs, head).model(),
                type,
                whole.blocks(),
                Objective.of(network),
                Optional.ofNullable(network.getLayerWiseConfigurations().getInputPreProcess(0))
                        .map(InputPreProcessor::clone));
    }

    private static Assembly assemble(int inputs, List<TranslatedLayer> layers) {
        Assembly assembly = new Assembly(inputs);
        layers.forEach(layer -> layer.steps().forEach(step -> assembly.add(layer.name(), step)));
        return assembly;
    }

    /** The model (A, B, C, D, φ), whose state is (x_L, …, x₁) and whose A is block strictly upper triangular. */
    public ImplicitModel model() {
        return model;
    }

    /** The model up to what goes into the output layer's activation, of which losses are functions. */
    public ImplicitModel preOutput() {
        return preOutput;
    }

    /** The type of the parameters and of all results. */
    public DataType dataType() {
        return type;
    }

    /**
     * The network's output, as by {@code network.output(features)}.
     *
     * @param features what the network takes: [m, p], or images if it flattens them; not changed
     * @return a new array [m, q]
     * @throws ShapeException if the features have another width or rank
     * @throws org.implicitdl.operator.NonFiniteException if a feature is NaN or infinite
     */
    public INDArray output(INDArray features) {
        return model.output(columns(features)).transpose();
    }

    /**
     * The hidden features of every layer that has some of its own: what the layer puts out. Dropout has none, nor has
     * an affine map that is followed by an activation layer, or that ends the network.
     *
     * @param features what the network takes
     * @return [m, n_l] for each such layer by its name, from the first to the last
     * @throws ShapeException if the features have another width or rank
     * @throws org.implicitdl.operator.NonFiniteException if a feature is NaN or infinite
     */
    public Map<String, INDArray> states(INDArray features) {
        INDArray x = model.state(columns(features)).orElseThrow();
        Map<String, INDArray> states = new LinkedHashMap<>();
        for (Assembly.Block block : blocks) {
            int end = model.states() - block.before();
            states.put(
                    block.layer(),
                    x.get(NDArrayIndex.interval(end - block.size(), end), NDArrayIndex.all())
                            .transpose()
                            .dup('c'));
        }
        return Collections.unmodifiableMap(states);
    }

    /**
     * The score, as by {@code network.score(dataSet)}: the loss of the output layer, over the number of samples, with
     * the ℓ₁ and ℓ₂ penalties of the parameters. A labels mask is heeded.
     *
     * @throws IllegalStateException if the network does not end with a layer that has a loss
     * @throws IllegalArgumentException if there are no labels, or a features mask
     */
    public double score(DataSet dataSet) {
        Objective measure = objective.orElseThrow(() -> new IllegalStateException(
                "There is no score, because the network's last layer has no loss; end it with an OutputLayer or a"
                        + " LossLayer."));
        if (dataSet.getFeaturesMaskArray() != null) {
            throw new IllegalArgumentException(
                    "A features mask has no meaning for a feedforward network; leave it out of the data set.");
        }
        INDArray z = preOutput.output(columns(dataSet.getFeatures())).transpose();
        INDArray labels = dataSet.getLabels();
        if (labels == null || labels.rank() != 2 || labels.size(0) != z.size(0) || labels.size(1) != z.size(1)) {
            throw new ShapeException("The labels must be [" + z.size(0) + ", " + z.size(1) + "], but "
                    + (labels == null ? "there are none." : "have the shape " + Arrays.toString(labels.shape()) + "."));
        }
        return measure.score(labels, z, dataSet.getLabelsMaskArray());
    }

    /** The one place where samples turn from rows to columns; a 'c' array [m, p] is an 'f' array [p, m]. */
    private INDArray columns(INDArray features) {
        INDArray rows = features.rank() == 4 && preprocessor.isPresent()
                // A clone, because DL4J's preprocessors take up the size of the first images that they see.
                ? preprocessor
                        .get()
                        .clone()
                        .preProcess(features, (int) features.size(0), LayerWorkspaceMgr.noWorkspaces())
                : features;
        if (rows.rank() != 2 || rows.size(1) != model.inputs() || rows.size(0) == 0) {
            throw new ShapeException("The features must be [samples, " + model.inputs() + "], but have the shape "
                    + Arrays.toString(features.shape())
                    + (rows.rank() == 2 && rows.size(0) == model.inputs()
                            ? "; samples are rows here: transpose them."
                            : "; give a row for every sample."));
        }
        return rows.castTo(type).transpose();
    }

    /** What the model looks like, one line a layer. */
    public String summary() {
        StringBuilder text = new StringBuilder(model.summary());
        text.append("layers with states, first to last:");
        for (Assembly.Block block : blocks) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(block.layer())
                    .append(": ")
                    .append(block.size());
        }
        return text.append(System.lineSeparator()).toString();
    }

    @Override
    public String toString() {
        return "implicit network of " + blocks.size() + " layers with states: " + model;
    }
}
