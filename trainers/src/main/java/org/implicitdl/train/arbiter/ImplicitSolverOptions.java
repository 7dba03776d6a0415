package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.layers.FeedForwardLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.layer.FailureAction;
import org.implicitdl.layer.GradientType;
import org.implicitdl.layer.SolverType;

/**
 * The options of {@link ImplicitLayerSpace.Builder} that say how the equation is solved and differentiated; the methods are
 * those of {@link org.implicitdl.layer.ImplicitLayer.Builder}, and take a value or a space of values.
 */
public abstract sealed class ImplicitSolverOptions extends FeedForwardLayerSpace.Builder<ImplicitLayerSpace.Builder>
        permits ImplicitParameterOptions {
    final SolverSpace solver = new SolverSpace();
    final GradientSpace gradient = new GradientSpace();
    ParameterSpace<FailureAction> trainingFailure;
    ParameterSpace<FailureAction> inferenceFailure;

    ImplicitLayerSpace.Builder self() {
        return (ImplicitLayerSpace.Builder) this;
    }

    /** The method that finds the state. */
    public ImplicitLayerSpace.Builder solver(SolverType solver) {
        return solver(new FixedValue<>(solver));
    }

    /** The method that finds the state. */
    public ImplicitLayerSpace.Builder solver(ParameterSpace<SolverType> solver) {
        this.solver.type = solver;
        return self();
    }

    /** The tolerance of the residual. */
    public ImplicitLayerSpace.Builder tolerance(double tolerance) {
        return tolerance(new FixedValue<>(tolerance));
    }

    /** The tolerance of the residual. */
    public ImplicitLayerSpace.Builder tolerance(ParameterSpace<Double> tolerance) {
        solver.tolerance = tolerance;
        return self();
    }

    /** The largest number of evaluations for a sample; left out where the state is found by back-substitution. */
    public ImplicitLayerSpace.Builder maxIterations(int maxIterations) {
        return maxIterations(new FixedValue<>(maxIterations));
    }

    /** The largest number of evaluations for a sample; left out where the state is found by back-substitution. */
    public ImplicitLayerSpace.Builder maxIterations(ParameterSpace<Integer> maxIterations) {
        solver.maxIterations = maxIterations;
        return self();
    }

    /** The factor β of Picard's iteration; left out where another solver is chosen. */
    public ImplicitLayerSpace.Builder damping(double damping) {
        return damping(new FixedValue<>(damping));
    }

    /** The factor β of Picard's iteration; left out where another solver is chosen. */
    public ImplicitLayerSpace.Builder damping(ParameterSpace<Double> damping) {
        solver.damping = damping;
        return self();
    }

    /** How many earlier iterates Anderson's method combines; left out where another solver is chosen. */
    public ImplicitLayerSpace.Builder andersonDepth(int andersonDepth) {
        return andersonDepth(new FixedValue<>(andersonDepth));
    }

    /** How many earlier iterates Anderson's method combines; left out where another solver is chosen. */
    public ImplicitLayerSpace.Builder andersonDepth(ParameterSpace<Integer> andersonDepth) {
        solver.andersonDepth = andersonDepth;
        return self();
    }

    /** The regularization of Anderson's method; left out where another solver is chosen. */
    public ImplicitLayerSpace.Builder andersonRidge(double andersonRidge) {
        return andersonRidge(new FixedValue<>(andersonRidge));
    }

    /** The regularization of Anderson's method; left out where another solver is chosen. */
    public ImplicitLayerSpace.Builder andersonRidge(ParameterSpace<Double> andersonRidge) {
        solver.andersonRidge = andersonRidge;
        return self();
    }

    /** Whether a batch starts from the states before; left out where the state is found by back-substitution. */
    public ImplicitLayerSpace.Builder warmStart(boolean warmStart) {
        return warmStart(new FixedValue<>(warmStart));
    }

    /** Whether a batch starts from the states before; left out where the state is found by back-substitution. */
    public ImplicitLayerSpace.Builder warmStart(ParameterSpace<Boolean> warmStart) {
        solver.warmStart = warmStart;
        return self();
    }

    /** How the gradient is taken. */
    public ImplicitLayerSpace.Builder gradient(GradientType gradient) {
        return gradient(new FixedValue<>(gradient));
    }

    /** How the gradient is taken. */
    public ImplicitLayerSpace.Builder gradient(ParameterSpace<GradientType> gradient) {
        this.gradient.type = gradient;
        return self();
    }

    /** The number of terms of a phantom gradient; left out where another gradient is chosen. */
    public ImplicitLayerSpace.Builder phantomSteps(int phantomSteps) {
        return phantomSteps(new FixedValue<>(phantomSteps));
    }

    /** The number of terms of a phantom gradient; left out where another gradient is chosen. */
    public ImplicitLayerSpace.Builder phantomSteps(ParameterSpace<Integer> phantomSteps) {
        gradient.phantomSteps = phantomSteps;
        return self();
    }

    /** The damping of a phantom gradient; left out where another gradient is chosen. */
    public ImplicitLayerSpace.Builder phantomDamping(double phantomDamping) {
        return phantomDamping(new FixedValue<>(phantomDamping));
    }

    /** The damping of a phantom gradient; left out where another gradient is chosen. */
    public ImplicitLayerSpace.Builder phantomDamping(ParameterSpace<Double> phantomDamping) {
        gradient.phantomDamping = phantomDamping;
        return self();
    }

    /** What happens in training if a state is not found. */
    public ImplicitLayerSpace.Builder trainingFailure(FailureAction trainingFailure) {
        return trainingFailure(new FixedValue<>(trainingFailure));
    }

    /** What happens in training if a state is not found. */
    public ImplicitLayerSpace.Builder trainingFailure(ParameterSpace<FailureAction> trainingFailure) {
        this.trainingFailure = trainingFailure;
        return self();
    }

    /** What happens in inference if a state is not found. */
    public ImplicitLayerSpace.Builder inferenceFailure(FailureAction inferenceFailure) {
        return inferenceFailure(new FixedValue<>(inferenceFailure));
    }

    /** What happens in inference if a state is not found. */
    public ImplicitLayerSpace.Builder inferenceFailure(ParameterSpace<FailureAction> inferenceFailure) {
        this.inferenceFailure = inferenceFailure;
        return self();
    }
}
