package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;

/** A space of {@link ImplicitBcdSettings}: block coordinate descent for networks that end with an implicit layer. */
public final class ImplicitBcdSpace extends CompositeSpace<TrainerSettings> {
    private ParameterSpace<Integer> sweeps;
    private ParameterSpace<Integer> polishSteps;
    private ParameterSpace<Double> relaxation;
    private ParameterSpace<Double> ridge;
    private ParameterSpace<Integer> ruleSteps;
    private ParameterSpace<Integer> stateSteps;

    private ImplicitBcdSpace() {
        // Filled by the builder, or from JSON.
    }

    @Override
    public ImplicitBcdSettings getValue(double[] numbers) {
        return settings(new CandidateValues(numbers));
    }

    private ImplicitBcdSettings settings(CandidateValues candidate) {
        ImplicitBcdSettings defaults = ImplicitBcdSettings.withDefaults();
        return new ImplicitBcdSettings(
                candidate.valueOr(sweeps, defaults.sweeps()),
                candidate.valueOr(polishSteps, defaults.polishSteps()),
                candidate.valueOr(relaxation, defaults.relaxation()),
                candidate.valueOr(ridge, defaults.ridge()),
                candidate.valueOr(ruleSteps, defaults.ruleSteps()),
                candidate.valueOr(stateSteps, defaults.stateSteps()));
    }

    /** Builds a {@link ImplicitBcdSpace}; what is not said has the default of the settings. */
    public static final class Builder {
        private final ImplicitBcdSpace space = new ImplicitBcdSpace();

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

        /** The weights λ = μ of the relaxed equation (0.1). */
        public Builder relaxation(double relaxation) {
            return relaxation(new FixedValue<>(relaxation));
        }

        /** The weights λ = μ of the relaxed equation (0.1). */
        public Builder relaxation(ParameterSpace<Double> relaxation) {
            space.relaxation = relaxation;
            return this;
        }

        /** The penalty ½ρ‖·‖²_F on all weights (1e-6). */
        public Builder ridge(double ridge) {
            return ridge(new FixedValue<>(ridge));
        }

        /** The penalty ½ρ‖·‖²_F on all weights (1e-6). */
        public Builder ridge(ParameterSpace<Double> ridge) {
            space.ridge = ridge;
            return this;
        }

        /** How many steps in (A, B) a sweep takes at most (5). */
        public Builder ruleSteps(int ruleSteps) {
            return ruleSteps(new FixedValue<>(ruleSteps));
        }

        /** How many steps in (A, B) a sweep takes at most (5). */
        public Builder ruleSteps(ParameterSpace<Integer> ruleSteps) {
            space.ruleSteps = ruleSteps;
            return this;
        }

        /** How often a sweep alternates between X and P (1). */
        public Builder stateSteps(int stateSteps) {
            return stateSteps(new FixedValue<>(stateSteps));
        }

        /** How often a sweep alternates between X and P (1). */
        public Builder stateSteps(ParameterSpace<Integer> stateSteps) {
            space.stateSteps = stateSteps;
            return this;
        }

        /**
         * The space.
         *
         * @throws IllegalArgumentException if a value that is fixed is out of its range
         */
        public ImplicitBcdSpace build() {
            space.settings(CandidateValues.common());
            return (ImplicitBcdSpace) space.clone();
        }
    }
}
