package org.implicitdl.layer;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the builder of {@link ImplicitLayer} was told about the solver. Null stands for the default.
 *
 * @param type the method
 * @param tolerance of the residual ‖φ(Ax + v) − x‖₂ / max(‖x‖₂, 1); by data type if not said
 * @param maxIterations the largest number of evaluations of φ(Ax + v) for a sample
 * @param damping β of a damped Picard iteration
 * @param andersonDepth how many earlier iterates Anderson's method combines
 * @param andersonRidge its regularization, relative to the trace
 * @param warmStart whether a batch starts from the states of the batch before
 */
public record SolverSettings(
        @JsonProperty("type") SolverType type,
        @JsonProperty("tolerance") Double tolerance,
        @JsonProperty("maxIterations") Integer maxIterations,
        @JsonProperty("damping") Double damping,
        @JsonProperty("andersonDepth") Integer andersonDepth,
        @JsonProperty("andersonRidge") Double andersonRidge,
        @JsonProperty("warmStart") boolean warmStart)
        implements Serializable {

    static final SolverSettings DEFAULTS = new SolverSettings(SolverType.AUTO, null, null, null, null, null, false);

    SolverSettings withType(SolverType other) {
        return new SolverSettings(other, tolerance, maxIterations, damping, andersonDepth, andersonRidge, warmStart);
    }

    SolverSettings withTolerance(Double other) {
        return new SolverSettings(type, other, maxIterations, damping, andersonDepth, andersonRidge, warmStart);
    }

    SolverSettings withMaxIterations(Integer other) {
        return new SolverSettings(type, tolerance, other, damping, andersonDepth, andersonRidge, warmStart);
    }

    SolverSettings withDamping(Double other) {
        return new SolverSettings(type, tolerance, maxIterations, other, andersonDepth, andersonRidge, warmStart);
    }

    SolverSettings withAndersonDepth(Integer other) {
        return new SolverSettings(type, tolerance, maxIterations, damping, other, andersonRidge, warmStart);
    }

    SolverSettings withAndersonRidge(Double other) {
        return new SolverSettings(type, tolerance, maxIterations, damping, andersonDepth, other, warmStart);
    }

    SolverSettings withWarmStart(boolean other) {
        return new SolverSettings(type, tolerance, maxIterations, damping, andersonDepth, andersonRidge, other);
    }
}
