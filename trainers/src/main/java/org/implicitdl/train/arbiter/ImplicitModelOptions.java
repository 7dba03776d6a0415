package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.layer.WellPosed;

/** The options of {@link ImplicitLayerSpace.Builder} that say what the model looks like. */
public abstract sealed class ImplicitModelOptions extends ImplicitParameterOptions permits ImplicitLayerSpace.Builder {
    String name;
    ParameterSpace<Integer> stateSize;
    ParameterSpace<Boolean> hasBias;
    ParameterSpace<Boolean> directTerm;
    ParameterSpace<Boolean> stateOutput;
    ParameterSpace<WellPosed> wellPosed;
    ParameterSpace<Double> kappa;

    /** The name of the layer. */
    public ImplicitLayerSpace.Builder name(String name) {
        this.name = name;
        return self();
    }

    /** The number n of states. */
    public ImplicitLayerSpace.Builder stateSize(int stateSize) {
        return stateSize(new FixedValue<>(stateSize));
    }

    /** The number n of states. */
    public ImplicitLayerSpace.Builder stateSize(ParameterSpace<Integer> stateSize) {
        this.stateSize = stateSize;
        return self();
    }

    /** Whether there are biases. */
    public ImplicitLayerSpace.Builder hasBias(boolean hasBias) {
        return hasBias(new FixedValue<>(hasBias));
    }

    /** Whether there are biases. */
    public ImplicitLayerSpace.Builder hasBias(ParameterSpace<Boolean> hasBias) {
        this.hasBias = hasBias;
        return self();
    }

    /** Whether the output has the term Du. */
    public ImplicitLayerSpace.Builder directTerm(boolean directTerm) {
        return directTerm(new FixedValue<>(directTerm));
    }

    /** Whether the output has the term Du. */
    public ImplicitLayerSpace.Builder directTerm(ParameterSpace<Boolean> directTerm) {
        this.directTerm = directTerm;
        return self();
    }

    /** Whether the output is the state itself; where it is, nOut is left out if the space has a stateSize. */
    public ImplicitLayerSpace.Builder stateOutput(boolean stateOutput) {
        return stateOutput(new FixedValue<>(stateOutput));
    }

    /** Whether the output is the state itself; where it is, nOut is left out if the space has a stateSize. */
    public ImplicitLayerSpace.Builder stateOutput(ParameterSpace<Boolean> stateOutput) {
        this.stateOutput = stateOutput;
        return self();
    }

    /** How the equation is kept well-posed. */
    public ImplicitLayerSpace.Builder wellPosed(WellPosed wellPosed) {
        return wellPosed(new FixedValue<>(wellPosed));
    }

    /** How the equation is kept well-posed. */
    public ImplicitLayerSpace.Builder wellPosed(ParameterSpace<WellPosed> wellPosed) {
        this.wellPosed = wellPosed;
        return self();
    }

    /** The bound κ; left out where the chosen way to be well-posed has none. */
    public ImplicitLayerSpace.Builder kappa(double kappa) {
        return kappa(new FixedValue<>(kappa));
    }

    /** The bound κ; left out where the chosen way to be well-posed has none. */
    public ImplicitLayerSpace.Builder kappa(ParameterSpace<Double> kappa) {
        this.kappa = kappa;
        return self();
    }
}
