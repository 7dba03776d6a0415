package org.implicitdl.train.settings;

import org.implicitdl.text.Count;
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
 * @param ruleSteps how many steps in (A, B) a sweep takes at most, at least 1
 * @param stateSteps how often a sweep alternates between X and P, at least 0
 */
public record ImplicitBcdSettings(
        @JsonProperty("sweeps") int sweeps,
        @JsonProperty("polishSteps") int polishSteps,
        @JsonProperty("relaxation") double relaxation,
        @JsonProperty("ridge") double ridge,
        @JsonProperty("ruleSteps") int ruleSteps,
        @JsonProperty("stateSteps") int stateSteps)
        implements BlockDescentSettings {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ImplicitBcdSettings {
        trainer(sweeps, polishSteps, descent(relaxation, ridge, ruleSteps, stateSteps));
    }

    /** 20 sweeps of 5 steps in (A, B) and one alternation between X and P, no polish, λ = μ = 0.1, ridge 1e-6. */
    public static ImplicitBcdSettings withDefaults() {
        return new ImplicitBcdSettings(20, 0, 0.1, 1e-6, 5, 1);
    }

    /** The same with another number of sweeps. */
    public ImplicitBcdSettings withSweeps(int sweeps) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge, ruleSteps, stateSteps);
    }

    /** The same with another number of polishing steps. */
    public ImplicitBcdSettings withPolishSteps(int polishSteps) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge, ruleSteps, stateSteps);
    }

    /** The same with another weight of the relaxed equation. */
    public ImplicitBcdSettings withRelaxation(double relaxation) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge, ruleSteps, stateSteps);
    }

    /** The same with another ridge. */
    public ImplicitBcdSettings withRidge(double ridge) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge, ruleSteps, stateSteps);
    }

    /** The same with another number of steps in (A, B). */
    public ImplicitBcdSettings withRuleSteps(int ruleSteps) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge, ruleSteps, stateSteps);
    }

    /** The same with another number of alternations between X and P. */
    public ImplicitBcdSettings withStateSteps(int stateSteps) {
        return new ImplicitBcdSettings(sweeps, polishSteps, relaxation, ridge, ruleSteps, stateSteps);
    }

    @Override
    public BcdTrainer trainer() {
        return trainer(sweeps, polishSteps, descent(relaxation, ridge, ruleSteps, stateSteps));
    }

    private static ImplicitDescent descent(double relaxation, double ridge, int ruleSteps, int stateSteps) {
        return ImplicitDescent.withDefaults()
                .withRelaxation(Relaxation.of(relaxation, relaxation))
                .withRidge(ridge)
                .withRuleSteps(ruleSteps)
                .withStateSteps(stateSteps);
    }

    private static BcdTrainer trainer(int sweeps, int polishSteps, ImplicitDescent descent) {
        return new BcdTrainer.Builder()
                .method(descent)
                .sweeps(sweeps)
                .polishSteps(polishSteps)
                .build();
    }

    /** Every sweep, and every step of the polish; the largest count if there are more. */
    @Override
    public int epochs() {
        return (int) Math.min(Integer.MAX_VALUE, (long) sweeps + polishSteps);
    }

    @Override
    public String trainerName() {
        return "implicit BCD";
    }

    @Override
    public String toString() {
        return "implicit BCD(" + Count.of(sweeps, "sweep") + ", " + Count.of(polishSteps, "polishing step")
                + ", relaxation " + relaxation + ", ridge " + ridge + ", " + Count.of(ruleSteps, "rule step") + ", "
                + Count.of(stateSteps, "state step") + ")";
    }
}
