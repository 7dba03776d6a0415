package org.implicitdl.train.arbiter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * What a file tells of a candidate: what it was, and how it did.
 *
 * @param numbers its numbers between 0 and 1
 * @param network its configuration before training, in Deeplearning4j's own JSON
 * @param report null if its task made none
 */
record SavedCandidate(
        @JsonProperty("index") int index,
        @JsonProperty("score") double score,
        @JsonProperty("trainer") TrainerSettings trainer,
        @JsonProperty("report") TrainingReport report,
        @JsonProperty("numbers") double[] numbers,
        @JsonProperty("network") JsonNode network) {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** @throws IllegalArgumentException if the candidate is none of a {@link NetworkWithTrainerSpace} */
    static SavedCandidate of(OptimizationResult result) throws IOException {
        Candidate<?> candidate = result.getCandidate();
        if (!(candidate.getValue() instanceof NetworkWithTrainer value)) {
            throw new IllegalArgumentException(
                    "Only candidates of a NetworkWithTrainerSpace can be saved, but candidate " + result.getIndex()
                            + " is another.");
        }
        return new SavedCandidate(
                result.getIndex(),
                result.getScore(),
                value.trainer(),
                result.getModelSpecificResults() instanceof TrainingReport report ? report : null,
                candidate.getFlatParameters(),
                MAPPER.readTree(value.getMultiLayerConfiguration().toJson()));
    }

    static SavedCandidate readFrom(Path file) throws IOException {
        return MAPPER.readValue(file.toFile(), SavedCandidate.class);
    }

    void writeTo(OutputStream stream) throws IOException {
        stream.write(MAPPER.writeValueAsBytes(this));
    }

    OptimizationResult result(FolderResult reference) {
        NetworkWithTrainer value =
                new NetworkWithTrainer(MultiLayerConfiguration.fromJson(network.toString()), trainer);
        CandidateInfo info = new CandidateInfo();
        info.setIndex(index);
        info.setCandidateStatus(CandidateStatus.Complete);
        info.setScore(score);
        info.setFlatParams(numbers);
        return new OptimizationResult(new Candidate<>(value, index, numbers), score, index, report, info, reference);
    }
}
