package org.implicitdl.train.arbiter;

import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** A space of {@link BackPropagationSettings}: Deeplearning4j's own training, with any of its updaters. */
public final class BackPropagationSpace extends CompositeSpace<TrainerSettings> {
    private ParameterSpace<IUpdater> updater;
    private ParameterSpace<Integer> epochs;
    private ParameterSpace<Integer> batchSize;
    private ParameterSpace<Double> l2;

    private BackPropagationSpace() {
        // Filled by the builder, or from JSON.
    }

    @Override
    public BackPropagationSettings getValue(double[] numbers) {
        return settings(new CandidateValues(numbers));
    }

    private BackPropagationSettings settings(CandidateValues candidate) {
        return new BackPropagationSettings(
                candidate.valueOr(updater, new Sgd()),
                candidate.valueOr(epochs, 1),
                candidate.valueOr(batchSize, 0),
                candidate.valueOr(l2, 0.0));
    }

    /** Builds a {@link BackPropagationSpace}. */
    public static final class Builder {
        private final BackPropagationSpace space = new BackPropagationSpace();

        /** Back-propagation with an updater as it is. */
        public Builder(IUpdater updater) {
            this(new FixedValue<>(updater));
        }

        /** Back-propagation with an updater whose learning rate comes from a space. */
        public Builder(IUpdater updater, ParameterSpace<Double> learningRate) {
            this(new LearningRateSpace(updater, learningRate));
        }

        /** Back-propagation with an updater from a space. */
        public Builder(ParameterSpace<IUpdater> updater) {
            space.updater = Objects.requireNonNull(updater, "updater");
        }

        /** How often all samples are seen (1). */
        public Builder epochs(int epochs) {
            return epochs(new FixedValue<>(epochs));
        }

        /** How often all samples are seen (1). */
        public Builder epochs(ParameterSpace<Integer> epochs) {
            space.epochs = epochs;
            return this;
        }

        /** How many samples make one update; 0 for the batches of the iterator as they are (0). */
        public Builder batchSize(int batchSize) {
            return batchSize(new FixedValue<>(batchSize));
        }

        /** How many samples make one update; 0 for the batches of the iterator as they are (0). */
        public Builder batchSize(ParameterSpace<Integer> batchSize) {
            space.batchSize = batchSize;
            return this;
        }

        /** DL4J's l2 on all weights (0). */
        public Builder l2(double l2) {
            return l2(new FixedValue<>(l2));
        }

        /** DL4J's l2 on all weights (0). */
        public Builder l2(ParameterSpace<Double> l2) {
            space.l2 = l2;
            return this;
        }

        /**
         * The space.
         *
         * @throws IllegalArgumentException if a value that is fixed is out of its range
         */
        public BackPropagationSpace build() {
            space.settings(CandidateValues.common());
            return (BackPropagationSpace) space.clone();
        }
    }
}
