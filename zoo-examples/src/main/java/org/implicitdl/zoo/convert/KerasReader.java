package org.implicitdl.zoo.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.KerasSequentialModel;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.file.ModelFileException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Reads h5 files of Keras by DL4J's import. */
final class KerasReader {
    private static final String CONFIGURATION = "model_config";

    private KerasReader() {}

    static SourceNetwork read(Path path) {
        String file = path.toString();
        // HDF5 itself would print its stack of calls when a file is damaged.
        org.bytedeco.hdf5.Exception.dontPrint();
        try {
            boolean sequential = isSequential(file);
            try (KerasModelBuilder builder =
                    new KerasModel().modelBuilder().modelHdf5Filename(file).enforceTrainingConfig(false)) {
                return sequential ? sequential(builder.buildSequential()) : graph(builder.buildModel());
            }
        } catch (ModelFileException e) {
            throw e;
        } catch (Exception e) {
            throw new ModelFileException(
                    "The Keras file '" + path + "' cannot be imported by Deeplearning4j: " + reason(e)
                            + " Save the whole model, with its configuration, as h5.",
                    e);
        }
    }

    private static boolean isSequential(String file) throws UnsupportedKerasConfigurationException, IOException {
        try (Hdf5Archive archive = open(file)) {
            if (!archive.hasAttribute(CONFIGURATION)) {
                throw new ModelFileException("The h5 file '" + file + "' is no Keras model: it has no " + CONFIGURATION
                        + ", as files of weights alone have none; save the whole model with model.save in Keras 2.");
            }
            String json = archive.readAttributeAsJson(CONFIGURATION);
            return "Sequential"
                    .equals(new ObjectMapper().readTree(json).path("class_name").asText());
        }
    }

    private static Hdf5Archive open(String file) {
        try {
            return new Hdf5Archive(file);
        } catch (RuntimeException e) {
            // HDF5 looks at the length of a file when it opens it.
            throw new ModelFileException(
                    "The Keras file '" + file + "' is damaged or truncated ("
                            + reason(e).replaceFirst("\\.$", "") + "); save or copy it again.",
                    e);
        }
    }

    private static SourceNetwork sequential(KerasSequentialModel model)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        MultiLayerNetwork network = model.getMultiLayerNetwork();
        // DL4J takes the number of words for the length of texts; the layer itself knows better.
        return network.getLayer(0).conf().getLayer() instanceof EmbeddingSequenceLayer
                ? new SourceNetwork(network, List.of())
                : withInputs(network, model);
    }

    private static SourceNetwork graph(KerasModel model)
            throws InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        return withInputs(model.getComputationGraph(), model);
    }

    /** DL4J's networks forget what their inputs are. */
    private static SourceNetwork withInputs(Model network, KerasModel model) {
        List<InputType> types = model.getInputLayerNames().stream()
                .map(model.getOutputTypes()::get)
                .filter(Objects::nonNull)
                .toList();
        boolean all = types.size() == model.getInputLayerNames().size();
        return new SourceNetwork(network, all ? types : List.of());
    }

    /** Why it could not be read, as a sentence. */
    private static String reason(Exception e) {
        String line = Reason.of(e);
        return line.endsWith(".") ? line : line + ".";
    }
}
