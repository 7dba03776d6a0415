package org.implicitdl.train.arbiter;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The options of {@link ImplicitLayerSpace.Builder} for parameters: penalties that Arbiter's own spaces do not have, and
 * what single parameters, such as "A", have of their own. An option of a parameter that a candidate does not have, such as
 * "A" where the equation is kept well-posed by F and G, is left out.
 */
public abstract sealed class ImplicitParameterOptions extends ImplicitSolverOptions permits ImplicitModelOptions {
    ParameterSpace<IWeightInit> initializer;
    ParameterSpace<Double> weightDecay;
    ParameterSpace<Double> weightDecayBias;
    ParameterSpace<List<Regularization>> regularization;
    ParameterSpace<List<Regularization>> regularizationBias;
    final Map<String, OwnOptions> ownOptions = new TreeMap<>();

    /** Initial values of all weights. */
    @Override
    public ImplicitLayerSpace.Builder weightInit(Distribution distribution) {
        // Arbiter also says WeightInit.DISTRIBUTION, which Deeplearning4j refuses.
        return dist(distribution);
    }

    /** Initial values of all weights. */
    public ImplicitLayerSpace.Builder weightInit(IWeightInit weightInit) {
        return weightInitFn(new FixedValue<>(weightInit));
    }

    /** Initial values of all weights. */
    public ImplicitLayerSpace.Builder weightInitFn(ParameterSpace<IWeightInit> weightInit) {
        this.initializer = weightInit;
        return self();
    }

    /** The weight decay, times the learning rate, of all weights. */
    public ImplicitLayerSpace.Builder weightDecay(double coefficient) {
        return weightDecay(new FixedValue<>(coefficient));
    }

    /** The weight decay, times the learning rate, of all weights. */
    public ImplicitLayerSpace.Builder weightDecay(ParameterSpace<Double> coefficient) {
        this.weightDecay = coefficient;
        return self();
    }

    /** The weight decay, times the learning rate, of the biases. */
    public ImplicitLayerSpace.Builder weightDecayBias(double coefficient) {
        return weightDecayBias(new FixedValue<>(coefficient));
    }

    /** The weight decay, times the learning rate, of the biases. */
    public ImplicitLayerSpace.Builder weightDecayBias(ParameterSpace<Double> coefficient) {
        this.weightDecayBias = coefficient;
        return self();
    }

    /** Penalties of all weights; l1, l2 and weight decay are added to them. */
    public ImplicitLayerSpace.Builder regularization(ParameterSpace<List<Regularization>> penalties) {
        this.regularization = penalties;
        return self();
    }

    /** Penalties of the biases; those of l1Bias, l2Bias and the weight decay are added to them. */
    public ImplicitLayerSpace.Builder regularizationBias(ParameterSpace<List<Regularization>> penalties) {
        this.regularizationBias = penalties;
        return self();
    }

    /** The probability that an input is kept; 0 for no dropout. */
    @Override
    public ImplicitLayerSpace.Builder dropOut(ParameterSpace<Double> retain) {
        // Arbiter's own space of dropouts cannot be read from JSON.
        return iDropOut(new RetainedShareSpace(retain));
    }

    /** Noise of the weights, for which Arbiter's spaces have a place, but no method. */
    public ImplicitLayerSpace.Builder weightNoise(ParameterSpace<IWeightNoise> noise) {
        this.weightNoise = noise;
        return self();
    }

    /** Initial values of one weight. */
    public ImplicitLayerSpace.Builder weightInit(String parameter, ParameterSpace<IWeightInit> init) {
        return own(parameter, options -> options.weightInit = init);
    }

    /** The updater of one parameter. */
    public ImplicitLayerSpace.Builder updater(String parameter, ParameterSpace<IUpdater> updater) {
        return own(parameter, options -> options.updater = updater);
    }

    /** The ℓ₁ penalty of one parameter. */
    public ImplicitLayerSpace.Builder l1(String parameter, ParameterSpace<Double> l1) {
        return own(parameter, options -> options.l1 = l1);
    }

    /** The ℓ₂ penalty of one parameter. */
    public ImplicitLayerSpace.Builder l2(String parameter, ParameterSpace<Double> l2) {
        return own(parameter, options -> options.l2 = l2);
    }

    /** Adds a penalty of one parameter. */
    public ImplicitLayerSpace.Builder regularization(String parameter, ParameterSpace<Regularization> penalty) {
        return own(parameter, options -> options.regularization.add(penalty));
    }

    /** Constraints of one parameter. */
    public ImplicitLayerSpace.Builder constrain(String parameter, LayerConstraint... constraints) {
        return constrain(parameter, new FixedValue<>(Arrays.asList(constraints)));
    }

    /** Constraints of one parameter. */
    public ImplicitLayerSpace.Builder constrain(String parameter, ParameterSpace<List<LayerConstraint>> constraints) {
        return own(parameter, options -> options.constraints = constraints);
    }

    private ImplicitLayerSpace.Builder own(String parameter, Consumer<OwnOptions> change) {
        OptionsCheck.requireParameter(parameter);
        change.accept(ownOptions.computeIfAbsent(parameter, name -> new OwnOptions()));
        return self();
    }
}
