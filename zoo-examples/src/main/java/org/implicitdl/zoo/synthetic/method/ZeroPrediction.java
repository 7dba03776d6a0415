package org.implicitdl.zoo.synthetic.method;

import org.implicitdl.operator.Matrix;
import org.implicitdl.zoo.synthetic.CurveRecorder;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.Trial;

/** Predicts ŷ = 0: what is reached without learning anything. */
record ZeroPrediction() implements FittingMethod {
    @Override
    public String id() {
        return "zero";
    }

    @Override
    public String name() {
        return "predicting zero";
    }

    @Override
    public String settings() {
        return "the outputs' own size, ‖Y‖_F/√m";
    }

    @Override
    public boolean isBaseline() {
        return true;
    }

    @Override
    public LearningCurve fit(Trial trial) {
        int outputs = trial.train().y().rows();
        CurveRecorder recorder = CurveRecorder.start(trial);
        recorder.record(0, u -> Matrix.zeros(outputs, u.cols()));
        return recorder.curve();
    }
}
