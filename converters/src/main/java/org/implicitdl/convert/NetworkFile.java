package org.implicitdl.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.file.FileContent;
import org.implicitdl.file.ModelFile;
import org.implicitdl.file.ModelFileException;
import org.implicitdl.model.ImplicitModel;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Implicit networks in files: their models, over the same weights, and what stands between them and DL4J's arrays. */
final class NetworkFile {
    private static final String KIND = "network";
    private static final String PRE_OUTPUT = "preOutput";
    private static final String HIDDEN = "hidden";
    private static final ObjectMapper MAPPER = NeuralNetConfiguration.mapper();

    /**
     * What is to be known of a network beside its models; losses and activations are written as DL4J writes them. The
     * layers whose features the hidden model puts out are null if there is none.
     */
    private record Description(
            DataType type,
            List<Port> inputs,
            List<Port> outputs,
            Map<String, Feature> layers,
            Loss loss,
            Ends domain) {}

    /** The ends of the box of inputs for which the models hold: one pair for all inputs, or one for each. */
    private record Ends(double[] lower, double[] upper) {

        static Ends of(InputBox box) {
            return new Ends(shortest(box.lower()), shortest(box.upper()));
        }

        private static double[] shortest(INDArray ends) {
            double[] all = ends.data().asDouble();
            return Arrays.stream(all).allMatch(end -> end == all[0]) ? new double[] {all[0]} : all;
        }

        InputBox toBox(int inputs) {
            return InputBox.between(column(lower, inputs), column(upper, inputs));
        }

        private static INDArray column(double[] ends, int inputs) {
            return ends.length == 1
                    ? Nd4j.valueArrayOf(new long[] {inputs, 1}, ends[0], DataType.DOUBLE)
                    : Nd4j.createFromArray(ends).reshape(ends.length, 1);
        }
    }

    /** The objective, or null. */
    private record Loss(JsonNode loss, JsonNode activation, boolean averaged, double penalty) {}

    private NetworkFile() {}

    static void save(ImplicitNetwork network, Path file) {
        Map<String, ImplicitModel> models = new LinkedHashMap<>();
        models.put(ModelFile.MAIN, network.model());
        models.put(PRE_OUTPUT, network.preOutput());
        network.hidden().ifPresent(hidden -> models.put(HIDDEN, hidden.model()));
        Description description = new Description(
                network.dataType(),
                network.inputs(),
                network.outputs(),
                network.hidden().map(HiddenFeatures::layers).orElse(null),
                network.objective().map(NetworkFile::loss).orElse(null),
                Ends.of(network.domain()));
        ModelFile.write(new FileContent(KIND, models, MAPPER.valueToTree(description)), file);
    }

    private static Loss loss(Objective objective) {
        Loss stored = new Loss(
                MAPPER.valueToTree(objective.loss()),
                MAPPER.valueToTree(objective.activation()),
                objective.averaged(),
                objective.penalty());
        try {
            if (objective(stored).equals(objective)) {
                return stored;
            }
        } catch (JsonProcessingException e) {
            throw unstorable(objective, e);
        }
        throw unstorable(objective, null);
    }

    private static IllegalArgumentException unstorable(Objective objective, Exception cause) {
        return new IllegalArgumentException(
                "The loss " + objective.loss() + " with " + objective.activation()
                        + " cannot be stored, because what is"
                        + " read from its JSON is not equal to it; give it equals and a constructor or setters for its"
                        + " properties, or store ImplicitNetwork.model() alone by ModelFile.save.",
                cause);
    }

    private static Objective objective(Loss stored) throws JsonProcessingException {
        return new Objective(
                MAPPER.treeToValue(stored.loss(), ILossFunction.class),
                MAPPER.treeToValue(stored.activation(), IActivation.class),
                stored.averaged(),
                stored.penalty());
    }

    private static Optional<HiddenFeatures> hidden(ImplicitModel model, Map<String, Feature> layers) {
        return model == null || layers == null ? Optional.empty() : Optional.of(new HiddenFeatures(model, layers));
    }

    static ImplicitNetwork load(Path file) {
        FileContent content = ModelFile.read(file);
        if (!content.kind().equals(KIND)) {
            throw new ModelFileException("The file '" + file + "' holds a " + content.kind()
                    + ", but no network with the" + " shapes of its inputs and outputs; read it with ModelFile.load.");
        }
        try {
            Description description = MAPPER.treeToValue(content.description(), Description.class);
            if (description.domain() == null) {
                throw new ModelFileException("The file '" + file + "' is of an older version, which did not store for"
                        + " which inputs a reduced network holds; convert or reduce the original network again.");
            }
            return new ImplicitNetwork(
                    models(content.models(), description.domain()),
                    description.type(),
                    description.inputs(),
                    description.outputs(),
                    hidden(content.models().get(HIDDEN), description.layers()),
                    description.loss() == null ? Optional.empty() : Optional.of(objective(description.loss())));
        } catch (ModelFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ModelFileException(
                    "The file '" + file + "' does not say of the network what it should (" + e.getMessage()
                            + "); a class of your own that it names must be on the class path.",
                    e);
        }
    }

    private static Models models(Map<String, ImplicitModel> models, Ends domain) {
        ImplicitModel whole = models.get(ModelFile.MAIN);
        return new Models(whole, models.get(PRE_OUTPUT), Optional.of(domain.toBox(whole.inputs())));
    }
}
