package org.implicitdl.convert;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * A network as the implicit model that computes the same. Arrays have samples as rows here, as in DL4J, and as columns
 * in the {@link #model()}, where every sample is (channels, grid) in 'c' order. It shares nothing with the network that
 * it was made of, is immutable, and may be used from any number of threads.
 */
public final class ImplicitNetwork {
    private final Models models;
    private final DataType type;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final Optional<HiddenFeatures> hidden;
    private final Optional<Objective> objective;
    private final Lazy<Feed> whole;
    private final Lazy<Feed> beforeLoss;
    private final Lazy<Feed> states;

    ImplicitNetwork(
            Models models,
            DataType type,
            List<Port> inputs,
            List<Port> outputs,
            Optional<HiddenFeatures> hidden,
            Optional<Objective> objective) {
        this.models = models;
        this.type = type;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.hidden = hidden;
        this.objective = objective;
        this.whole = feed(models.whole());
        this.beforeLoss = feed(models.preOutput());
        this.states = new Lazy<>(() -> Feed.of(hidden.orElseThrow().model(), this.inputs, type));
    }

    private Lazy<Feed> feed(ImplicitModel model) {
        return new Lazy<>(() -> Feed.of(model, inputs, type));
    }

    /**
     * The model (A, B, C, D, φ), whose state is (x_L, …, x₁) and whose A is block strictly upper triangular. Several
     * inputs, and several outputs, are one below the other.
     */
    public ImplicitModel model() {
        return models.whole();
    }

    /** The model up to what goes into the output layers' activations, of which losses are functions. */
    public ImplicitModel preOutput() {
        return models.preOutput();
    }

    /**
     * The inputs [p, 1] of the {@link #model()} for which it computes what the network does that it was made of: all of
     * them, unless it was reduced for the inputs of a box. For others its outputs are those of the smaller model, which may
     * differ by any amount; {@code network.domain().contains(network.columns(features))} tells whether features are among
     * them.
     */
    public InputBox domain() {
        return models.domain();
    }

    /**
     * Refuses what is to be said of the original network for inputs of which this one tells nothing, such as a certificate.
     *
     * @param box inputs of the {@link #model()}
     * @throws IllegalArgumentException unless the {@link #domain()} contains the box
     * @throws ShapeException if the box has another number of inputs
     */
    public void requireHoldsFor(InputBox box) {
        if (!domain().contains(box)) {
            throw new IllegalArgumentException("The network was reduced for " + domain() + ", outside of which it may"
                    + " compute anything, so that it tells nothing of its original for " + box
                    + "; reduce the original again for a box that contains these (--low and --high of 'implicit"
                    + " reduce'), or take it unreduced.");
        }
    }

    /** The type of the parameters and of all results. */
    public DataType dataType() {
        return type;
    }

    /**
     * The input U [p, m] of the {@link #model()} for features of the network.
     *
     * @param features what the network takes, for each of its inputs: [m, p], or [m, channels, …] as the layers ask for
     * @throws ShapeException if features have another shape, or there are more or fewer of them than inputs
     */
    public INDArray columns(INDArray... features) {
        return Readers.of(inputs, type).columns(features);
    }

    /**
     * The features, as the network takes them, of a table with one sample a row: for each input in turn its numbers in the
     * order of the model, or the indices that it looks up.
     *
     * @param rows [m, numbers of all inputs], not changed
     * @return a new array for each input: [m, p], or [m, channels, …] as the layers ask for
     * @throws ShapeException if the rows hold more or fewer numbers than the inputs
     */
    public INDArray[] features(INDArray rows) {
        Partition parts = Partition.of(inputs.stream().mapToInt(Port::numbers).toArray());
        if (rows.rank() != 2 || rows.size(1) != parts.total()) {
            throw new ShapeException("The rows must be [samples, " + parts.total() + "] for "
                    + inputs.stream().map(Port::takes).collect(Collectors.joining(" and "))
                    + ", but have the shape " + Arrays.toString(rows.shape()) + ".");
        }
        INDArray columns = rows.castTo(type).transpose().dup('f');
        INDArray[] features = new INDArray[inputs.size()];
        Arrays.setAll(
                features, i -> inputs.get(i).features(parts.part(columns, i).dup('f')));
        return features;
    }

    /** The shape of a sample of each input. */
    public List<TensorShape> inputShapes() {
        return inputs.stream().map(Port::shape).toList();
    }

    /**
     * The network's output, as by {@code network.output(features)} for features of the {@link #domain()}; that they are in
     * it is not checked.
     *
     * @param features what the network takes; not changed
     * @return a new array
     * @throws ShapeException if features have another shape
     * @throws org.implicitdl.operator.NonFiniteException if a feature is NaN or infinite
     * @throws IllegalStateException if the network has several outputs
     */
    public INDArray output(INDArray... features) {
        if (outputs.size() != 1) {
            throw new IllegalStateException(
                    "The network has " + outputs.size() + " outputs; use outputs(features) to get all of them.");
        }
        return outputs(features)[0];
    }

    /**
     * The network's outputs, as by {@code graph.output(features)} for features of the {@link #domain()}; that they are in it
     * is not checked.
     *
     * @param features what the network takes; not changed
     * @return new arrays, one for each output
     * @throws ShapeException if features have another shape
     * @throws org.implicitdl.operator.NonFiniteException if a feature is NaN or infinite
     */
    public INDArray[] outputs(INDArray... features) {
        INDArray y = whole.get().output(features);
        if (outputs.size() == 1) {
            return new INDArray[] {outputs.get(0).rows(y)};
        }
        Partition parts = Partition.of(
                outputs.stream().mapToInt(port -> port.shape().size()).toArray());
        INDArray[] all = new INDArray[outputs.size()];
        Arrays.setAll(all, i -> outputs.get(i).rows(parts.part(y, i).dup('f')));
        return all;
    }

    /**
     * The hidden features of every layer or vertex, the output layers among them: what {@code network.feedForward} gives
     * for it, in the same shape. They are states where a layer has an activation, and affine functions of states and
     * inputs otherwise. Nothing is computed or kept for them before they are asked for.
     *
     * <p>Where an {@code ActivationLayer} follows a layer, {@code feedForward} writes its result over what that layer put
     * out; here both have their own, and the layer's are those that {@code feedForwardToLayer} gives for it.
     *
     * @param input what the network takes
     * @return [m, n_l], or [m, channels, …], for each layer by its name, from the first to the last; where DL4J makes rows
     *     of the steps of a sequence, [m · steps, n_l]
     * @throws ShapeException if features have another shape
     * @throws org.implicitdl.operator.NonFiniteException if a feature is NaN or infinite
     * @throws IllegalStateException if the layers are not known, after {@link #withModels}
     */
    public Map<String, INDArray> states(INDArray... input) {
        return hidden.orElseThrow(() -> new IllegalStateException("The hidden features of layers are not known of a"
                        + " network whose model was reduced, compressed or replaced, because its states are no longer"
                        + " those of the layers; ask the network that it was made of, before withModels(...), or use"
                        + " model().state(columns(features)) for the states as they are."))
                .of(states.get().output(input));
    }

    /**
     * The score, as by {@code network.score(dataSet)}: the loss of the output layer, over the number of samples, with
     * the ℓ₁ and ℓ₂ penalties of the parameters. A labels mask is heeded.
     *
     * @throws IllegalStateException if the network does not end with one layer that has a loss on rows of features
     * @throws IllegalArgumentException if there are no labels, or a features mask
     */
    public double score(DataSet dataSet) {
        Objective measure = objective.orElseThrow(() -> new IllegalStateException(
                "There is no score, because the network's last layer has no loss; end it with an OutputLayer or a"
                        + " LossLayer."));
        if (dataSet.getFeaturesMaskArray() != null) {
            throw new IllegalArgumentException(
                    "A features mask is not heeded, because a model computes every step of every sample; leave it out of the"
                            + " data set, and give sequences of the same length.");
        }
        INDArray z = beforeLoss.get().output(dataSet.getFeatures()).transpose();
        INDArray labels = dataSet.getLabels();
        if (labels == null || labels.rank() != 2 || labels.size(0) != z.size(0) || labels.size(1) != z.size(1)) {
            throw new ShapeException("The labels must be [" + z.size(0) + ", " + z.size(1) + "], but "
                    + (labels == null ? "there are none." : "have the shape " + Arrays.toString(labels.shape()) + "."));
        }
        return measure.score(labels, z, dataSet.getLabelsMaskArray());
    }

    /**
     * The way back to DL4J: a network of one {@link org.implicitdl.layer.ImplicitLayer}, whose A is strictly upper
     * triangular, that computes the same and can be trained and saved; see {@link LayerExport} for its options. It does
     * not know the {@link #domain()}.
     *
     * @throws ExportException if one layer cannot hold the network; the message says why
     */
    public MultiLayerNetwork toMultiLayerNetwork() {
        return LayerExport.withDefaults().export(this);
    }

    /**
     * Writes the network to a file, whole or not at all: structure, names, the {@link #domain()}, and the weights once
     * each.
     *
     * @param file replaced if it exists
     * @throws IllegalArgumentException if it has an activation or a loss of the user's own that cannot be stored
     * @throws java.io.UncheckedIOException if the file cannot be written; an older one is then still there
     */
    public void save(Path file) {
        NetworkFile.save(this, file);
    }

    /**
     * Reads a network that {@link #save} wrote; it computes the same to the last bit. Of versions that did not store the
     * {@link #domain()} only networks that were not reduced are read.
     *
     * @throws org.implicitdl.file.ModelFileException if the file is missing, holds no implicit network, is truncated,
     *     damaged, of a newer version, or reduced and of an older one
     * @throws org.implicitdl.operator.NonFiniteException if a weight is NaN or infinite
     */
    public static ImplicitNetwork load(Path file) {
        return NetworkFile.load(file);
    }

    /**
     * The same inputs and outputs around other models that hold for any input, such as compressed ones or those that were
     * reduced without a box. Which layer a state belonged to is not known of them, so that {@link #states} is refused; the
     * score is that of the same loss, and the {@link #domain()} stays.
     *
     * @param model from the inputs to the outputs
     * @param preOutput from the inputs to what goes into the output layers' activations
     * @throws ShapeException if the models have other numbers of inputs or outputs than those that they replace
     */
    public ImplicitNetwork withModels(ImplicitModel model, ImplicitModel preOutput) {
        return withModels(model, preOutput, InputBox.everything(model.inputs()));
    }

    /**
     * {@link #withModels(ImplicitModel, ImplicitModel)} for models that hold for the inputs of a box, such as those that
     * were reduced for it. The {@link #domain()} is what the box and the present one have in common.
     *
     * @param box one box of the models' inputs
     * @throws ShapeException if the models have other numbers of inputs or outputs than those that they replace, or the
     *     box is another one
     * @throws IllegalArgumentException if the box and the domain have no input in common
     */
    public ImplicitNetwork withModels(ImplicitModel model, ImplicitModel preOutput, InputBox box) {
        return new ImplicitNetwork(
                models.replacedBy(model, preOutput, box), type, inputs, outputs, Optional.empty(), objective);
    }

    Models models() {
        return models;
    }

    List<Port> inputs() {
        return inputs;
    }

    List<Port> outputs() {
        return outputs;
    }

    Optional<HiddenFeatures> hidden() {
        return hidden;
    }

    Optional<Objective> objective() {
        return objective;
    }

    /** What the model looks like, one line a layer; and the {@link #domain()}, if it is not everything. */
    public String summary() {
        StringBuilder text = new StringBuilder(model().summary());
        models.box()
                .ifPresent(box ->
                        text.append("holds for ").append(box).append(" only").append(System.lineSeparator()));
        text.append("layers, first to last:");
        if (hidden.isEmpty()) {
            text.append(" not known, because the model was reduced, compressed or replaced");
        }
        layers().forEach((layer, feature) -> text.append(System.lineSeparator())
                .append("  ")
                .append(layer)
                .append(": ")
                .append(feature.size()));
        return text.append(System.lineSeparator()).toString();
    }

    private Map<String, Feature> layers() {
        return hidden.map(HiddenFeatures::layers).orElse(Map.of());
    }

    @Override
    public String toString() {
        return "implicit network"
                + hidden.map(known -> " of " + known.layers().size() + " layers")
                        .orElse("")
                + models.box().map(box -> ", for " + box + " only").orElse("") + ": " + model();
    }
}
