package org.implicitdl.train.minibatch;

import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.state.NamedSettings;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Block coordinate descent for feedforward and implicit models on one batch at a time. In the order of §7.1, with the states
 * of a forward pass, each layer from the last one down takes a step in the states below it and a step in its weights:
 *
 * <p>P = φ(Z + Wᵀe₊/k), e = k(P − φ(Z)), Θ ← Θ + t(eSᵀ/m)(G + ρI)⁻¹,
 *
 * <p>where e₊ is the residual of the layer above (of the loss: Y − ∇Φ(Z)), k the ratio of the two layers' weights in the
 * relaxation (11), S holds the layer's inputs, and G is the average of SSᵀ/m over the batches so far, in which older ones
 * fade; G's eigenvalues beyond the 64 largest count as equal. The larger k, the closer e comes to the back-propagated error.
 * Steps have momentum, and a length that rises over the first steps and falls to zero over the last part of the training, as
 * far as it is known beforehand: {@link org.implicitdl.train.BcdTrainer} knows the number of batches after its first sweep.
 *
 * <p>In an implicit model the states are those that solve the rule x = φ(Ax + Bu), and k is the λ of the relaxation (10). Its
 * stationary states and proxies around that solution leave the residual E = k(φ(Z + (Cᵀw + AᵀE)/k) − φ(Z)) with the residual
 * w of the loss: a contraction, as the rule is, of which some steps are made. Then (C, D) takes the step above along wSᵀ and
 * (A, B) along ESᵀ; A is projected onto ‖A‖∞ ≤ κ, and B is the best one, in the metric G + ρI of the step, for the A that
 * comes out.
 *
 * <p>A step costs three products of the size of the weights by the batch, as a step of back-propagation does, and one of the
 * size of the weights by 128: batches of some 250 to 500 samples are a good choice.
 */
public final class MinibatchDescent {
    private final double stepLength;
    private final double momentum;
    private final double damping;
    private final double ratio;
    private final double decay;

    private MinibatchDescent(double stepLength, double momentum, double damping, double ratio, double decay) {
        this.stepLength = stepLength;
        this.momentum = momentum;
        this.damping = damping;
        this.ratio = ratio;
        this.decay = decay;
    }

    /** Steps of the length 0.3 with the momentum 0.9, damping 2, ratio 100, no decay of weights. */
    public static MinibatchDescent withDefaults() {
        return new MinibatchDescent(0.3, 0.9, 2, 100, 0);
    }

    /** With another length t &gt; 0 of the steps. */
    public MinibatchDescent withStepLength(double t) {
        return new MinibatchDescent(positive("length of the steps", t), momentum, damping, ratio, decay);
    }

    /** With another momentum, 0 ≤ β &lt; 1. */
    public MinibatchDescent withMomentum(double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("The momentum must be at least 0 and below 1, but is " + beta + ".");
        }
        return new MinibatchDescent(stepLength, beta, damping, ratio, decay);
    }

    /** With another damping: ρ &gt; 0 as a multiple of the mean of G's diagonal. */
    public MinibatchDescent withDamping(double multiple) {
        return new MinibatchDescent(stepLength, momentum, positive("damping", multiple), ratio, decay);
    }

    /** With another ratio k &gt; 0 of the layers' weights in the relaxation. */
    public MinibatchDescent withRatio(double k) {
        return new MinibatchDescent(stepLength, momentum, damping, positive("ratio of the layers' weights", k), decay);
    }

    /** With weights that fade at a rate ≥ 0, times the length of each step. */
    public MinibatchDescent withWeightDecay(double rate) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The decay must be at least 0 and finite, but is " + rate + ".");
        }
        return new MinibatchDescent(stepLength, momentum, damping, ratio, rate);
    }

    /** A run from the given weights, in a type. */
    public MinibatchRun start(FeedforwardModel model, DataType type) {
        return new MinibatchRun(this, new LayerBlocks(this, model, type));
    }

    /**
     * A run on an implicit model with a constant input, in a type.
     *
     * @param weights B [n, p + 1] with the weights of the constant input in its last column; D [q, p + 1] as well, or
     *     [q, 1] where the output does not meet the other inputs; C and D without rows where the states themselves are put
     *     out. A is projected first
     * @throws ShapeException if D has another number of columns
     */
    public MinibatchRun start(ImplicitForm form, ImplicitWeights weights, DataType type) {
        if (weights.d().cols() != weights.b().cols() && weights.d().cols() != 1) {
            throw new ShapeException("D must have one column, or as many as B, but they are " + weights.d() + " and "
                    + weights.b() + ".");
        }
        return new MinibatchRun(this, new ImplicitBlocks(this, form, weights, type));
    }

    /** All settings, for a checkpoint to tell them apart. */
    public NamedSettings settings() {
        return NamedSettings.of("minibatch block coordinate descent")
                .with("length of the steps", stepLength)
                .with("momentum", momentum)
                .with("damping", damping)
                .with("ratio", ratio)
                .with("decay", decay);
    }

    double momentum() {
        return momentum;
    }

    double damping() {
        return damping;
    }

    double ratio() {
        return ratio;
    }

    double decay() {
        return decay;
    }

    /** The length of the step after a number of others, when a part of the training is done. */
    double stepLength(int steps, double progress) {
        double rising = Math.min(1, (steps + 1) / 50.0);
        double falling = progress < 0.3 ? 1 : (1 - progress) / 0.7;
        return stepLength * rising * falling;
    }

    private static double positive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The " + what + " must be positive and finite, but is " + value + ".");
        }
        return value;
    }

    @Override
    public String toString() {
        return "minibatch block coordinate descent, steps " + stepLength + ", momentum " + momentum + ", damping "
                + damping + ", ratio " + ratio + (decay == 0 ? "" : ", decay " + decay);
    }
}
