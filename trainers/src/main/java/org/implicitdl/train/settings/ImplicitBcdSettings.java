package org.implicitdl.train.settings;

import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.Relaxation;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Block coordinate descent of a network that ends with an implicit layer, all samples at once: {@link BcdTrainer} with
 * {@link ImplicitDescent} as a value.
 *
 * @param sweeps how many sweeps over all blocks, at least 0
 * @param polishSteps how many Levenberg–Marquardt steps on the loss itself follow at most, 0 for none
 * @param relaxation the weights λ = μ of the relaxed equation, positive; the loss of a sample has the weight 1
 * @param ridge ρ of {@link ImplicitDescent#withRidge} in the sweeps, positive
 */
public record ImplicitBcdSettings(
        @JsonProperty("sweeps") int sweeps,
        @JsonProperty("polishSteps") int polishSteps,
        @JsonProperty("relaxation") double relaxation,
        @JsonProperty("ridge") double ridge)
        implements BlockDescentSettings {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ImplicitBcdSettings {
        trainer(sweeps, polishSteps, relaxation, ridge);
    }

    /** 20 sweeps, no polish, λ = μ = 0.1, ridge 1e-6. */
    public static ImplicitBcdSettings withDefaults() {
        return new ImplicitBcdSettings(20, 0, 0.1, 1e-6);
    }

    /** The same with another number of sweeps. */
    public ImplicitBcdSettings withSweeps(int sweeps) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge);
    }

    /** The same with another number of polishing steps. */
    public ImplicitBcdSettings withPolishSteps(int polishSteps) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge);
    }

    /** The same with another weight of the relaxed equation. */
    public ImplicitBcdSettings withRelaxation(double relaxation) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge);
    }

    /** The same with another ridge. */
    public ImplicitBcdSettings withRidge(double ridge) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge);
    }

    @Override
    public BcdTrainer trainer() {
        return trainer(sweeps, polishSteps, relaxation, ridge);
    }

    private static BcdTrainer trainer(int sweeps, int polishSteps, double relaxation, double ridge) {
        return new BcdTrainer.Builder()
                .method(ImplicitDescent.withDefaults()
                        .withRelaxation(Relaxation.of(relaxation, relaxation))
                        .withRidge(ridge))
                .sweeps(sweeps)
                .polishSteps(polishSteps)
                .build();
    }

    /** Every sweep, and every step of the polish. */
    @Override
    public int epochs() {
        return sweeps + polishSteps;
    }

    @Override
    public String trainerName() {
        return "implicit BCD";
    }

    @Override
    public String toString() {
        return "implicit BCD(" + sweeps + " sweeps, " + polishSteps + " polishing steps, relaxation " + relaxation
                + ", ridge " + ridge + ")";
    }
}
