package org.implicitdl.train.bcd;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.state.NamedSettings;

/**
 * The sweep that solves the problem of every block to its tolerance. The states start from a forward pass in each sweep,
 * which in almost every run is better than keeping them; the output weights are fitted once more at the end.
 */
record ExactSweep(WeightStep weightStep, double tolerance) implements Sweep {

    @Override
    public Iterate start(FeedforwardModel model, TrainingSet data) {
        return new Iterate(model, List.of());
    }

    @Override
    public Iterate apply(Iterate iterate, TrainingSet data, double epsilon) {
        FeedforwardModel model = iterate.model();
        int top = model.depth() - 1;
        List<Matrix> weighted = new ArrayList<>();
        List<Matrix> states = new ArrayList<>();
        states.add(data.u());
        for (int l = 0; l < top; l++) {
            weighted.add(model.layer(l).weightedInput(states.get(l)));
            states.add(model.layer(l).activate(weighted.get(l)));
        }
        model = model.withLayer(top, weightStep.update(model.layer(top), states.get(top), data.y()));
        Matrix target = data.y();
        for (int l = top - 1; l >= 0; l--) {
            Matrix v = new StateStep(model.layer(l), model.layer(l + 1), epsilon, tolerance)
                    .solve(weighted.get(l), target);
            target = model.layer(l).activate(v);
            model = model.withLayer(l, weightStep.update(model.layer(l), states.get(l), target));
        }
        return new Iterate(refitted(model, data), List.of());
    }

    @Override
    public NamedSettings settings() {
        return NamedSettings.of("exact block coordinate descent")
                .with("ridge", weightStep.ridge())
                .with("tolerance in the weights", weightStep.tolerance())
                .with("tolerance in the states", tolerance)
                .with("largest order of Newton's method", weightStep.newtonSize())
                .with("number of preconditioned steps", weightStep.preconditionedSteps());
    }

    @Override
    public boolean startsAfresh() {
        return true;
    }

    @Override
    public FeedforwardModel refitted(FeedforwardModel model, TrainingSet data) {
        int top = model.depth() - 1;
        Matrix input = model.states(data.u()).get(top);
        return model.withLayer(top, weightStep.update(model.last(), input, data.y()));
    }
}
