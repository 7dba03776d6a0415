package org.implicitdl.zoo.synthetic;

import java.util.List;

/**
 * A way to fit the data of a trial, as a row of the table and a line of the figure. Immutable.
 *
 * <p>A method sees {@link Trial#train()} only; {@link CurveRecorder} measures it on both sets.
 */
public interface FittingMethod {

    /** The short name in options and in the CSV file, such as {@code rmsprop}. */
    String id();

    /** The name in tables and legends, such as {@code RMSProp, 150 iterations}. */
    String name();

    /** The hyperparameters in words, for the report; may depend on {@link #tunedOn}. */
    String settings();

    /** Fits the training data of a trial. */
    LearningCurve fit(Trial trial);

    /**
     * This method with hyperparameters chosen on trials that are not reported. Methods without a choice return
     * themselves.
     */
    default FittingMethod tunedOn(List<Trial> tuning) {
        return this;
    }

    /**
     * How many of the trials, counted from the first, the method is run on: for methods that take long. Of several
     * covariances these are run with the last one only.
     */
    default int trialLimit() {
        return Integer.MAX_VALUE;
    }

    /** Whether the method stands as a level beside the curves, and has no iterations of its own. */
    default boolean isBaseline() {
        return false;
    }
}
