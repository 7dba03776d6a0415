package org.implicitdl.train.bcd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Parallel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.state.NamedSettings;

/**
 * The sweep as the authors published it (reference [14] of the paper, for tanh): the output weights by regularized least
 * squares; the states by Newton's method in X with the step .3, cut off 1e-9 before the ends of the range, until the
 * sample's gradient is below 1e-5 or for 99 rounds (the published code goes on with all samples as long as one of them
 * is not there); the weights by gradient steps of 1/‖S‖²_F until the divergence per
 * sample changes by less than 1e-5. States are kept between sweeps.
 */
record PublishedSweep() implements Sweep {
    private static final double RIDGE = 1e-6;
    private static final double PRECISION = 1e-5;
    private static final double DAMPING = 0.3;
    private static final double MARGIN = 1e-9;
    private static final int NEWTON_ROUNDS = 99;
    private static final int GRADIENT_STEPS = 1000;

    /** @throws IllegalArgumentException if an activation is not strictly increasing, or the loss is not squared */
    @Override
    public Iterate start(FeedforwardModel model, TrainingSet data) {
        requireFit(model);
        return new Iterate(model, model.states(data.u()).subList(1, model.depth()));
    }

    private static void requireFit(FeedforwardModel model) {
        for (int l = 0; l < model.depth() - 1; l++) {
            Link link = model.layer(l).link();
            // Newton's method in X takes (φ⁻¹)', which bounded projections do not have.
            if (!(link instanceof ComponentwiseLink hidden)
                    || hidden.activation().isProjection()
                            && !hidden.activation().equals(Activations.identity())) {
                throw new IllegalArgumentException("The published method takes strictly increasing activations, but"
                        + " that of layer " + l + " is " + link + "; use BlockCoordinateDescent.exact().");
            }
        }
        if (!model.last().link().equals(new ComponentwiseLink(Activations.identity()))) {
            throw new IllegalArgumentException("The published method takes the squared loss, but the loss is that of "
                    + model.last().link() + "; use BlockCoordinateDescent.exact().");
        }
    }

    @Override
    public Iterate apply(Iterate iterate, TrainingSet data, double epsilon) {
        FeedforwardModel model = iterate.model();
        int top = model.depth() - 1;
        List<Matrix> states = new ArrayList<>(iterate.states());
        states.add(data.y());
        model = model.withLayer(
                top,
                new WeightStep(RIDGE, PRECISION, 0, GRADIENT_STEPS)
                        .update(model.layer(top), top == 0 ? data.u() : states.get(top - 1), data.y()));
        for (int l = top - 1; l >= 0; l--) {
            Matrix input = l == 0 ? data.u() : states.get(l - 1);
            Matrix x = states(model.layer(l), model.layer(l + 1), input, states.get(l + 1), epsilon);
            states.set(l, x);
            model = model.withLayer(l, model.layer(l).withWeights(weights(model.layer(l), input, x)));
        }
        return new Iterate(model, states.subList(0, top));
    }

    @Override
    public NamedSettings settings() {
        return NamedSettings.of("published block coordinate descent");
    }

    @Override
    public boolean startsAfresh() {
        return false;
    }

    @Override
    public FeedforwardModel refitted(FeedforwardModel model, TrainingSet data) {
        return model;
    }

    /** Damped Newton in X, from X = φ(Z). */
    private static Matrix states(
            FeedforwardLayer layer, FeedforwardLayer next, Matrix input, Matrix target, double epsilon) {
        Matrix z = layer.weightedInput(input);
        Matrix x = layer.activate(z);
        double[] norms = new double[x.cols()];
        Arrays.fill(norms, Double.POSITIVE_INFINITY);
        for (int round = 0; round < NEWTON_ROUNDS && Arrays.stream(norms).anyMatch(norm -> norm > PRECISION); round++) {
            Matrix before = x;
            Matrix after = x.copy();
            Parallel.overSamples(x.cols(), (from, to) -> {
                PublishedNewton newton = new PublishedNewton(layer, next, epsilon);
                for (int j = from; j < to; j++) {
                    if (norms[j] > PRECISION) {
                        norms[j] = newton.step(z, before, target, after, j, DAMPING, MARGIN);
                    }
                }
            });
            x = after;
        }
        return x;
    }

    /** Gradient steps of the fixed length 1/‖S‖²_F. */
    private static Matrix weights(FeedforwardLayer layer, Matrix input, Matrix x) {
        Matrix s = layer.design(input);
        WeightProblem problem = new WeightProblem(layer, s, x, 0);
        FenchelActivation phi = ((ComponentwiseLink) layer.link()).activation();
        double conjugate = 0;
        for (double value : x.values()) {
            conjugate += phi.conjugate(value);
        }
        double norm = s.frobeniusNorm();
        Matrix theta = layer.weights();
        Matrix z = Lapack.times(theta, s);
        double value = 0;
        double before = 1;
        for (int step = 0; step < GRADIENT_STEPS && Math.abs(value - before) > PRECISION; step++) {
            theta = theta.plus(-1 / (norm * norm), problem.gradient(theta, layer.activate(z)));
            z = Lapack.times(theta, s);
            before = value;
            value = (problem.value(theta, z) + conjugate) / x.cols();
        }
        return theta;
    }
}
