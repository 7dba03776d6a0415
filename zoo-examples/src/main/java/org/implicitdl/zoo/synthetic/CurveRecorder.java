package org.implicitdl.zoo.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.implicitdl.operator.Matrix;

/**
 * A stopwatch that measures errors: while it computes the errors of a prediction, the clock stands still.
 *
 * <p>Used by one thread, for one fit.
 */
public final class CurveRecorder {
    private static final double NANO = 1e-9;

    private final Trial trial;
    private final List<LearningCurve.Point> points = new ArrayList<>();
    private long elapsed;
    private long resumed;

    private CurveRecorder(Trial trial) {
        this.trial = trial;
        this.resumed = System.nanoTime();
    }

    /** Starts the clock. */
    public static CurveRecorder start(Trial trial) {
        return new CurveRecorder(trial);
    }

    /**
     * Records the errors after an iteration.
     *
     * @param predictor the present model, inputs [p, m] to outputs [q, m]; all that it does is off the clock
     */
    public void record(int iteration, UnaryOperator<Matrix> predictor) {
        elapsed += System.nanoTime() - resumed;
        points.add(new LearningCurve.Point(
                iteration,
                elapsed * NANO,
                trial.train().rmse(predictor.apply(trial.train().u())),
                trial.test().rmse(predictor.apply(trial.test().u()))));
        resumed = System.nanoTime();
    }

    /**
     * What was recorded.
     *
     * @throws IllegalArgumentException if nothing was
     */
    public LearningCurve curve() {
        return new LearningCurve(points);
    }
}
