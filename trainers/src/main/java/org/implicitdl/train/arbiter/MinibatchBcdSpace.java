package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.train.OtherLayers;
import org.implicitdl.train.settings.MinibatchBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;

/**
 * A space of {@link MinibatchBcdSettings}: block coordinate descent in minibatches, for networks of dense layers and for
 * those with an implicit layer.
 */
public final class MinibatchBcdSpace extends CompositeSpace<TrainerSettings> {
    private ParameterSpace<Integer> epochs;
    private ParameterSpace<Integer> batchSize;
    private ParameterSpace<Double> stepLength;
    private ParameterSpace<Double> momentum;
    private ParameterSpace<Double> damping;
    private ParameterSpace<Double> ratio;
    private ParameterSpace<Double> weightDecay;
    private ParameterSpace<OtherLayers> otherLayers;

    private MinibatchBcdSpace() {
        // Filled by the builder, or from JSON.
    }

    @Override
    public MinibatchBcdSettings getValue(double[] numbers) {
        return settings(new CandidateValues(numbers));
    }

    private MinibatchBcdSettings settings(CandidateValues candidate) {
        MinibatchBcdSettings defaults = MinibatchBcdSettings.withDefaults();
        return new MinibatchBcdSettings(
                candidate.valueOr(epochs, defaults.epochs()),
                candidate.valueOr(batchSize, defaults.batchSize()),
                candidate.valueOr(stepLength, defaults.stepLength()),
                candidate.valueOr(momentum, defaults.momentum()),
                candidate.valueOr(damping, defaults.damping()),
                candidate.valueOr(ratio, defaults.ratio()),
                candidate.valueOr(weightDecay, defaults.weightDecay()),
                candidate.valueOr(otherLayers, defaults.otherLayers()));
    }

    /** Builds a {@link MinibatchBcdSpace}; what is not said has the default of the settings. */
    public static final class Builder {
        private final MinibatchBcdSpace space = new MinibatchBcdSpace();

        /** How often all samples are seen (10). */
        public Builder epochs(int epochs) {
            return epochs(new FixedValue<>(epochs));
        }

        /** How often all samples are seen (10). */
        public Builder epochs(ParameterSpace<Integer> epochs) {
            space.epochs = epochs;
            return this;
        }

        /** How many samples make one step; 0 for the batches of the iterator as they are (250). */
        public Builder batchSize(int batchSize) {
            return batchSize(new FixedValue<>(batchSize));
        }

        /** How many samples make one step; 0 for the batches of the iterator as they are (250). */
        public Builder batchSize(ParameterSpace<Integer> batchSize) {
            space.batchSize = batchSize;
            return this;
        }

        /** The length of the steps (0.3). */
        public Builder stepLength(double stepLength) {
            return stepLength(new FixedValue<>(stepLength));
        }

        /** The length of the steps (0.3). */
        public Builder stepLength(ParameterSpace<Double> stepLength) {
            space.stepLength = stepLength;
            return this;
        }

        /** The momentum (0.9). */
        public Builder momentum(double momentum) {
            return momentum(new FixedValue<>(momentum));
        }

        /** The momentum (0.9). */
        public Builder momentum(ParameterSpace<Double> momentum) {
            space.momentum = momentum;
            return this;
        }

        /** The damping (2). */
        public Builder damping(double damping) {
            return damping(new FixedValue<>(damping));
        }

        /** The damping (2). */
        public Builder damping(ParameterSpace<Double> damping) {
            space.damping = damping;
            return this;
        }

        /** The ratio of neighbouring layers' weights in the relaxation (100). */
        public Builder ratio(double ratio) {
            return ratio(new FixedValue<>(ratio));
        }

        /** The ratio of neighbouring layers' weights in the relaxation (100). */
        public Builder ratio(ParameterSpace<Double> ratio) {
            space.ratio = ratio;
            return this;
        }

        /** The rate at which weights fade (0). */
        public Builder weightDecay(double weightDecay) {
            return weightDecay(new FixedValue<>(weightDecay));
        }

        /** The rate at which weights fade (0). */
        public Builder weightDecay(ParameterSpace<Double> weightDecay) {
            space.weightDecay = weightDecay;
            return this;
        }

        /** What becomes of layers before and after an implicit one (they are fixed). */
        public Builder otherLayers(OtherLayers otherLayers) {
            return otherLayers(new FixedValue<>(otherLayers));
        }

        /** What becomes of layers before and after an implicit one (they are fixed). */
        public Builder otherLayers(ParameterSpace<OtherLayers> otherLayers) {
            space.otherLayers = otherLayers;
            return this;
        }

        /**
         * The space.
         *
         * @throws IllegalArgumentException if a value that is fixed is out of its range
         */
        public MinibatchBcdSpace build() {
            space.settings(CandidateValues.common());
            return (MinibatchBcdSpace) space.clone();
        }
    }
}
