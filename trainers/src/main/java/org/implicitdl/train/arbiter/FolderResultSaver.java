package org.implicitdl.train.arbiter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.file.WholeFile;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the results of a search in a folder: of each candidate its trained network, {@code model.zip}, and what it was and
 * how it did, {@code candidate.json}, in a folder of its number. {@link #results} reads them back, in another program too.
 */
public final class FolderResultSaver implements ResultSaver {
    private final String folder;

    /**
     * A saver into a folder, which is made when the first result comes; results of an earlier search there are replaced
     * number by number.
     */
    public FolderResultSaver(Path folder) {
        this(folder.toString());
    }

    @JsonCreator
    private FolderResultSaver(@JsonProperty("folder") String folder) {
        this.folder = folder;
    }

    /**
     * Saves a trained candidate; each file is whole or not there, and the one that makes it a result is the last.
     *
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    @Override
    public FolderResult saveModel(OptimizationResult result, Object model) throws IOException {
        if (!(model instanceof MultiLayerNetwork net)) {
            throw new IllegalArgumentException("A MultiLayerNetwork is to be saved, but the model is a "
                    + model.getClass().getName() + ".");
        }
        SavedCandidate saved = SavedCandidate.of(result);
        FolderResult place = new FolderResult(Path.of(folder, Integer.toString(result.getIndex())));
        Files.createDirectories(place.folder());
        WholeFile.write(place.model(), stream -> ModelSerializer.writeModel(net, stream, true));
        WholeFile.write(place.candidate(), saved::writeTo);
        return place;
    }

    /**
     * The results in a folder, in the order of the candidates.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<FolderResult> results(Path folder) throws IOException {
        try (Stream<Path> places = Files.list(folder)) {
            return places.map(FolderResult::new)
                    .filter(result -> result.hasNumber() && Files.exists(result.candidate()))
                    .sorted(Comparator.comparing(FolderResult::index))
                    .toList();
        }
    }

    @Override
    public List<Class<?>> getSupportedCandidateTypes() {
        return List.of(NetworkWithTrainer.class);
    }

    @Override
    public List<Class<?>> getSupportedModelTypes() {
        return List.of(MultiLayerNetwork.class);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FolderResultSaver that && folder.equals(that.folder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(folder);
    }

    @Override
    public String toString() {
        return "FolderResultSaver(" + folder + ")";
    }
}
