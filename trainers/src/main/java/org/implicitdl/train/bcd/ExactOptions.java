package org.implicitdl.train.bcd;

/**
 * How the blocks' problems are solved.
 *
 * @param ridge ρ ≥ 0, the penalty ½ρ‖Θ‖²_F on the weights of each layer, relative to that layer's divergence
 * @param tolerance on the gradient of each block's problem, relative to its linear term where that exceeds 1
 * @param newtonSize the largest order of the linear systems of Newton's method for weights; larger layers take
 *     preconditioned steps
 * @param preconditionedSteps how many preconditioned steps a layer's weights take at most in a sweep
 */
public record ExactOptions(double ridge, double tolerance, int newtonSize, int preconditionedSteps) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ExactOptions {
        if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The ridge must be at least 0 and finite, but is " + ridge + ".");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "The tolerance must lie between 0 and 1, but is " + tolerance + "; 1e-10 is the default.");
        }
        if (newtonSize < 0 || preconditionedSteps < 1) {
            throw new IllegalArgumentException("The size of Newton's systems must be at least 0 and the number of"
                    + " preconditioned steps at least 1, but they are " + newtonSize + " and " + preconditionedSteps
                    + ".");
        }
    }

    /** Ridge 1e-6, tolerance 1e-10, Newton's method up to order 64, else at most 20 preconditioned steps. */
    public static ExactOptions defaults() {
        return new ExactOptions(1e-6, 1e-10, 64, 20);
    }

    /** The same options with another ridge. */
    public ExactOptions withRidge(double ridge) {
        return new ExactOptions(ridge, tolerance, newtonSize, preconditionedSteps);
    }

    /** The same options with another tolerance. */
    public ExactOptions withTolerance(double tolerance) {
        return new ExactOptions(ridge, tolerance, newtonSize, preconditionedSteps);
    }

    /** The same options with another number of preconditioned steps. */
    public ExactOptions withPreconditionedSteps(int steps) {
        return new ExactOptions(ridge, tolerance, newtonSize, steps);
    }
}
