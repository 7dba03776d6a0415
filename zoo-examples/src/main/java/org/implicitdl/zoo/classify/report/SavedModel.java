package org.implicitdl.zoo.classify.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.report.OutputFolder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The trained network as a file of Deeplearning4j, with the state of its updater, so that training can go on. */
final class SavedModel {
    private static final int SAMPLE = 100;

    private SavedModel() {}

    static Path write(ClassificationResults results, String name, OutputFolder folder) {
        Path file = folder.write(name, stream -> ModelSerializer.writeModel(results.network(), stream, true));
        ImageSet test = results.images().test();
        check(
                file,
                results.network(),
                test.batch(0, Math.min(SAMPLE, test.size())).getFeatures());
        return file;
    }

    /** A model that is not the one that was trained must not be found out by who uses it. */
    private static void check(Path file, MultiLayerNetwork network, INDArray features) {
        try {
            INDArray found = MultiLayerNetwork.load(file.toFile(), true).output(features, false);
            INDArray expected = network.output(features, false);
            if (!found.equalsWithEps(expected, 0)) {
                throw new IllegalStateException("The model, read again from '" + file
                        + "', must give the outputs of the trained network, but differs by up to "
                        + found.sub(expected).amaxNumber() + "; do not use this file.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The model '" + file + "' cannot be read again: " + e.getMessage(), e);
        }
    }
}
