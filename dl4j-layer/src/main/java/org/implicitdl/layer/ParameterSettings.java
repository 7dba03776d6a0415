package org.implicitdl.layer;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What one parameter has of its own; null stands for what the layer has.
 *
 * @param weightInit its initial values
 * @param updater its updater
 * @param regularization its penalties
 */
public record ParameterSettings(
        @JsonProperty("weightInit") IWeightInit weightInit,
        @JsonProperty("updater") IUpdater updater,
        @JsonProperty("regularization") List<Regularization> regularization)
        implements Serializable {

    static final ParameterSettings NONE = new ParameterSettings(null, null, null);

    ParameterSettings withWeightInit(IWeightInit other) {
        return new ParameterSettings(other, updater, regularization);
    }

    ParameterSettings withUpdater(IUpdater other) {
        return new ParameterSettings(weightInit, other, regularization);
    }

    ParameterSettings withRegularization(List<Regularization> other) {
        return new ParameterSettings(weightInit, updater, other);
    }
}
