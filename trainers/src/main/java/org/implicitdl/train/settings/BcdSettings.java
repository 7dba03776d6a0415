package org.implicitdl.train.settings;

import org.implicitdl.text.Count;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.bcd.EpsilonSchedule;
import org.implicitdl.train.bcd.ExactOptions;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Block coordinate descent with exact blocks: {@link BcdTrainer} as a value.
 *
 * @param sweeps how many sweeps over all blocks, at least 0
 * @param polishSteps how many Levenberg–Marquardt steps follow at most, 0 for none
 * @param ridge the penalty ½ρ‖Θ‖²_F on the weights of each layer, relative to that layer's divergence; at least 0
 * @param firstEpsilon the weight ε of the relaxation in the first sweep
 * @param lastEpsilon the weight from the tenth sweep on; in between a geometric progression
 * @param acceleration how many earlier sweeps Anderson's acceleration combines, 0 for none
 */
public record BcdSettings(
        @JsonProperty("sweeps") int sweeps,
        @JsonProperty("polishSteps") int polishSteps,
        @JsonProperty("ridge") double ridge,
        @JsonProperty("firstEpsilon") double firstEpsilon,
        @JsonProperty("lastEpsilon") double lastEpsilon,
        @JsonProperty("acceleration") int acceleration)
        implements BlockDescentSettings {
    private static final int RISING = 10;

    /** @throws IllegalArgumentException if a value is out of its range */
    public BcdSettings {
        trainer(sweeps, polishSteps, ridge, firstEpsilon, lastEpsilon, acceleration);
    }

    /** What {@link BcdTrainer.Builder} does if it is told nothing: 20 accelerated sweeps, no polish. */
    public static BcdSettings withDefaults() {
        return new BcdSettings(20, 0, ExactOptions.defaults().ridge(), 1e-3, 3e-2, 5);
    }

    /** The same with another number of sweeps. */
    public BcdSettings withSweeps(int sweeps) {
        return new BcdSettings(sweeps, polishSteps, ridge, firstEpsilon, lastEpsilon, acceleration);
    }

    /** The same with another number of polishing steps. */
    public BcdSettings withPolishSteps(int polishSteps) {
        return new BcdSettings(sweeps, polishSteps, ridge, firstEpsilon, lastEpsilon, acceleration);
    }

    /** The same with another ridge. */
    public BcdSettings withRidge(double ridge) {
        return new BcdSettings(sweeps, polishSteps, ridge, firstEpsilon, lastEpsilon, acceleration);
    }

    /** The same with other weights of the relaxation. */
    public BcdSettings withEpsilon(double first, double last) {
        return new BcdSettings(sweeps, polishSteps, ridge, first, last, acceleration);
    }

    /** The same with another window of the acceleration. */
    public BcdSettings withAcceleration(int acceleration) {
        return new BcdSettings(sweeps, polishSteps, ridge, firstEpsilon, lastEpsilon, acceleration);
    }

    @Override
    public BcdTrainer trainer() {
        return trainer(sweeps, polishSteps, ridge, firstEpsilon, lastEpsilon, acceleration);
    }

    private static BcdTrainer trainer(
            int sweeps, int polishSteps, double ridge, double firstEpsilon, double lastEpsilon, int acceleration) {
        return new BcdTrainer.Builder()
                .method(BlockCoordinateDescent.exact(ExactOptions.defaults().withRidge(ridge))
                        .withEpsilon(EpsilonSchedule.rising(firstEpsilon, lastEpsilon, RISING))
                        .withAcceleration(acceleration))
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
        return "BCD";
    }

    @Override
    public String toString() {
        return "BCD(" + Count.of(sweeps, "sweep") + ", " + Count.of(polishSteps, "polishing step") + ", ridge " + ridge
                + ", epsilon " + firstEpsilon + " to " + lastEpsilon + ", acceleration over " + acceleration + ")";
    }
}
