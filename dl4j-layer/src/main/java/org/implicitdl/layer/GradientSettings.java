package org.implicitdl.layer;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the builder of {@link ImplicitLayer} was told about the gradient. Null stands for the default.
 *
 * @param type the method
 * @param phantomSteps the number of terms of a phantom gradient
 * @param phantomDamping its damping τ
 */
public record GradientSettings(
        @JsonProperty("type") GradientType type,
        @JsonProperty("phantomSteps") Integer phantomSteps,
        @JsonProperty("phantomDamping") Double phantomDamping)
        implements Serializable {

    static final GradientSettings DEFAULTS = new GradientSettings(GradientType.EXACT, null, null);

    GradientSettings withType(GradientType other) {
        return new GradientSettings(other, phantomSteps, phantomDamping);
    }

    GradientSettings withPhantomSteps(Integer other) {
        return new GradientSettings(type, other, phantomDamping);
    }

    GradientSettings withPhantomDamping(Double other) {
        return new GradientSettings(type, phantomSteps, other);
    }
}
