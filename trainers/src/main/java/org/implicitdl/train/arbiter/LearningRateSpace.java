package org.implicitdl.train.arbiter;

import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Any updater of Deeplearning4j with a learning rate from a space, and everything else as it is. (Arbiter has spaces for
 * some updaters; that of Adam takes 0.001 for β₁, β₂ and ε where these are not given.)
 */
public final class LearningRateSpace extends CompositeSpace<IUpdater> {
    private final IUpdater updater;
    private final ParameterSpace<Double> learningRate;

    /**
     * A space of learning rates.
     *
     * @param updater all but its learning rate
     * @throws IllegalArgumentException if the updater has no learning rate, or has a schedule of it, which a rate from the
     *     space would replace
     */
    public LearningRateSpace(
            @JsonProperty("updater") IUpdater updater,
            @JsonProperty("learningRate") ParameterSpace<Double> learningRate) {
        if (!updater.hasLearningRate()) {
            throw new IllegalArgumentException(updater.getClass().getSimpleName()
                    + " has no learning rate that could be searched for;" + " give it as a FixedValue.");
        }
        if (hasSchedule(updater)) {
            throw new IllegalArgumentException(updater.getClass().getSimpleName()
                    + " has a schedule of its learning rate, which a rate from the space would replace;"
                    + " leave out the schedule, or give updaters with schedules as a DiscreteParameterSpace.");
        }
        this.updater = updater;
        this.learningRate = Objects.requireNonNull(learningRate, "learningRate");
    }

    /** Updaters do not tell their schedules in common: one without is the same as with a fixed rate. */
    private static boolean hasSchedule(IUpdater updater) {
        IUpdater fixed = updater.clone();
        fixed.setLrAndSchedule(updater.getLearningRate(0, 0), null);
        return !fixed.equals(updater);
    }

    @Override
    public IUpdater getValue(double[] numbers) {
        IUpdater value = updater.clone();
        value.setLrAndSchedule(learningRate.getValue(numbers), null);
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && updater.equals(((LearningRateSpace) other).updater);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), updater);
    }

    @Override
    public String toString() {
        return updater.getClass().getSimpleName() + "(" + learningRate + ")";
    }
}
