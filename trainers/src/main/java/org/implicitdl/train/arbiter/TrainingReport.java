package org.implicitdl.train.arbiter;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How the training of a candidate went; Arbiter keeps it as what is specific to the model.
 *
 * @param buildingSeconds the time to make the network and to bring the data
 * @param trainingSeconds the time in the trainer; with early stopping, its scores included
 * @param scoringSeconds the time of the score function
 * @param epochs how many epochs the network has seen that is kept
 * @param parameters how many parameters it has
 * @param ending how the training ended
 */
public record TrainingReport(
        @JsonProperty("buildingSeconds") double buildingSeconds,
        @JsonProperty("trainingSeconds") double trainingSeconds,
        @JsonProperty("scoringSeconds") double scoringSeconds,
        @JsonProperty("epochs") int epochs,
        @JsonProperty("parameters") long parameters,
        @JsonProperty("ending") String ending)
        implements Serializable {}
