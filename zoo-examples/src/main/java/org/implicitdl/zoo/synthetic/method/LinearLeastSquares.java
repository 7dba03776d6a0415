package org.implicitdl.zoo.synthetic.method;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.zoo.synthetic.CurveRecorder;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.Trial;

/** Predicts ŷ = Wu with the W of least norm among the minimizers of ‖WU − Y‖_F: no hidden layer at all. */
record LinearLeastSquares() implements FittingMethod {
    @Override
    public String id() {
        return "linear";
    }

    @Override
    public String name() {
        return "linear least squares";
    }

    @Override
    public String settings() {
        return "one matrix from inputs to outputs, in closed form";
    }

    @Override
    public boolean isBaseline() {
        return true;
    }

    @Override
    public LearningCurve fit(Trial trial) {
        CurveRecorder recorder = CurveRecorder.start(trial);
        Matrix transposed = Lapack.leastSquares(
                trial.train().u().transpose(), trial.train().y().transpose());
        recorder.record(0, u -> Lapack.transposeTimes(transposed, u));
        return recorder.curve();
    }
}
