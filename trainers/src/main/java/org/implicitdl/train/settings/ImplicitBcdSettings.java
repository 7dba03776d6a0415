package org.implicitdl.train.settings;

import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.Relaxation;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Block coordinate descent of a network that ends with an implicit layer, all samples at once: {@link BcdTrainer} with
 * {@link ImplicitDescent} as a value.
 *
 * @param sweeps how many sweeps over all blocks, at least 1
 * @param relaxation the weights λ = μ of the relaxed equation, positive; the loss of a sample has the weight 1
 * @param ridge ρ of {@link ImplicitDescent#withRidge}, positive
 */
public record ImplicitBcdSettings(
        @JsonProperty("sweeps") int sweeps,
        @JsonProperty("relaxation") double relaxation,
        @JsonProperty("ridge") double ridge)
        implements BlockDescentSettings {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ImplicitBcdSettings {
        trainer(sweeps, relaxation, ridge);
    }

    /** 20 sweeps, λ = μ = 0.1, ridge 1e-6. */
    public static ImplicitBcdSettings withDefaults() {
        return new ImplicitBcdSettings(20, 0.1, 1e-6);
    }

    /** The same with another number of sweeps. */
    public ImplicitBcdSettings withSweeps(int sweeps) {
        return new ImplicitBcdSettings(sweeps, relaxation, ridge);
    }

    /** The same with another weight of the relaxed equation. */
    public ImplicitBcdSettings withRelaxation(double relaxation) {
        return new ImplicitBcdSettings(sweeps, relaxation, ridge);
    }

    /** The same with another ridge. */
    public ImplicitBcdSettings withRidge(double ridge) {
        return new ImplicitBcdSettings(sweeps, relaxation, ridge);
    }

    @Override
    public BcdTrainer trainer() {
        return trainer(sweeps, relaxation, ridge);
    }

    private static BcdTrainer trainer(int sweeps, double relaxation, double ridge) {
        return new BcdTrainer.Builder()
                .method(ImplicitDescent.withDefaults()
                        .withRelaxation(Relaxation.of(relaxation, relaxation))
                        .withRidge(ridge))
                .sweeps(sweeps)
                .build();
    }

    @Override
    public int epochs() {
        return sweeps;
    }

    @Override
    public String trainerName() {
        return "implicit BCD";
    }

    @Override
    public String toString() {
        return "implicit BCD(" + sweeps + " sweeps, relaxation " + relaxation + ", ridge " + ridge + ")";
    }
}
