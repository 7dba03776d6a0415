package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.TrainerSettings;

/** A space of {@link BcdSettings}: block coordinate descent in full batch, for networks of dense layers. */
public final class BcdSpace extends CompositeSpace<TrainerSettings> {
    private ParameterSpace<Integer> sweeps;
    private ParameterSpace<Integer> polishSteps;
    private ParameterSpace<Double> ridge;
    private ParameterSpace<Double> firstEpsilon;
    private ParameterSpace<Double> lastEpsilon;
    private ParameterSpace<Integer> acceleration;

    private BcdSpace() {
        // Filled by the builder, or from JSON.
    }

    @Override
    public BcdSettings getValue(double[] numbers) {
        return settings(new CandidateValues(numbers));
    }

    private BcdSettings settings(CandidateValues candidate) {
        BcdSettings defaults = BcdSettings.withDefaults();
        return new BcdSettings(
                candidate.valueOr(sweeps, defaults.sweeps()),
                candidate.valueOr(polishSteps, defaults.polishSteps()),
                candidate.valueOr(ridge, defaults.ridge()),
                candidate.valueOr(firstEpsilon, defaults.firstEpsilon()),
                candidate.valueOr(lastEpsilon, defaults.lastEpsilon()),
                candidate.valueOr(acceleration, defaults.acceleration()));
    }

    /** Builds a {@link BcdSpace}; what is not said has the default of the settings. */
    public static final class Builder {
        private final BcdSpace space = new BcdSpace();

        /** How many sweeps over all blocks (20). */
        public Builder sweeps(int sweeps) {
            return sweeps(new FixedValue<>(sweeps));
        }

        /** How many sweeps over all blocks (20). */
        public Builder sweeps(ParameterSpace<Integer> sweeps) {
            space.sweeps = sweeps;
            return this;
        }

        /** How many Levenberg–Marquardt steps follow at most (0). */
        public Builder polishSteps(int polishSteps) {
            return polishSteps(new FixedValue<>(polishSteps));
        }

        /** How many Levenberg–Marquardt steps follow at most (0). */
        public Builder polishSteps(ParameterSpace<Integer> polishSteps) {
            space.polishSteps = polishSteps;
            return this;
        }

        /** The penalty ½ρ‖Θ‖²_F on the weights of each layer (1e-6). */
        public Builder ridge(double ridge) {
            return ridge(new FixedValue<>(ridge));
        }

        /** The penalty ½ρ‖Θ‖²_F on the weights of each layer (1e-6). */
        public Builder ridge(ParameterSpace<Double> ridge) {
            space.ridge = ridge;
            return this;
        }

        /** The weight ε of the relaxation in the first sweep (1e-3). */
        public Builder firstEpsilon(double firstEpsilon) {
            return firstEpsilon(new FixedValue<>(firstEpsilon));
        }

        /** The weight ε of the relaxation in the first sweep (1e-3). */
        public Builder firstEpsilon(ParameterSpace<Double> firstEpsilon) {
            space.firstEpsilon = firstEpsilon;
            return this;
        }

        /** The weight ε from the tenth sweep on (3e-2). */
        public Builder lastEpsilon(double lastEpsilon) {
            return lastEpsilon(new FixedValue<>(lastEpsilon));
        }

        /** The weight ε from the tenth sweep on (3e-2). */
        public Builder lastEpsilon(ParameterSpace<Double> lastEpsilon) {
            space.lastEpsilon = lastEpsilon;
            return this;
        }

        /** How many earlier sweeps Anderson's acceleration combines (5). */
        public Builder acceleration(int acceleration) {
            return acceleration(new FixedValue<>(acceleration));
        }

        /** How many earlier sweeps Anderson's acceleration combines (5). */
        public Builder acceleration(ParameterSpace<Integer> acceleration) {
            space.acceleration = acceleration;
            return this;
        }

        /**
         * The space.
         *
         * @throws IllegalArgumentException if a value that is fixed is out of its range
         */
        public BcdSpace build() {
            space.settings(CandidateValues.common());
            return (BcdSpace) space.clone();
        }
    }
}
