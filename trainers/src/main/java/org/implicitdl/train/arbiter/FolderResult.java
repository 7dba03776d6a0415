package org.implicitdl.train.arbiter;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A result that {@link FolderResultSaver} keeps.
 *
 * @param folder the folder of the candidate
 */
public record FolderResult(Path folder) implements ResultReference {

    Path model() {
        return folder.resolve("model.zip");
    }

    Path candidate() {
        return folder.resolve("candidate.json");
    }

    /** Whether the folder has the name of a candidate's. */
    boolean hasNumber() {
        return folder.getFileName().toString().matches("\\d{1,9}");
    }

    int index() {
        return Integer.parseInt(folder.getFileName().toString());
    }

    /**
     * The candidate, its score and its {@link TrainingReport}.
     *
     * @throws IOException naming the file, if it cannot be read
     */
    @Override
    public OptimizationResult getResult() throws IOException {
        try {
            return SavedCandidate.readFrom(candidate()).result(this);
        } catch (IOException | RuntimeException e) {
            throw unreadable(candidate(), e);
        }
    }

    /**
     * The trained network.
     *
     * @throws IOException naming the file, if it cannot be read
     */
    @Override
    public MultiLayerNetwork getResultModel() throws IOException {
        try {
            return MultiLayerNetwork.load(model().toFile(), true);
        } catch (IOException | RuntimeException e) {
            throw unreadable(model(), e);
        }
    }

    private static IOException unreadable(Path file, Exception reason) {
        return new IOException(
                "The file '" + file + "' of a search could not be read (" + reason
                        + "); it is missing or damaged: restore it, or run the search again.",
                reason);
    }
}
