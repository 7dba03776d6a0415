package org.implicitdl.train.implicit;

import java.util.Objects;
import java.util.Optional;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Penalty;

/**
 * Block coordinate descent on the relaxed problem (10), (11) with a λ for every state, or (9) without a proxy,
 *
 * <p>min L(Y, CP + DV) + ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ) + ½μ‖X − P‖²_F + g(A, B, C, D),
 *
 * <p>over the readout (C, D), the proxy P, the states X and the rule (A, B) in turn; each block is a convex problem (§4.2).
 * By default the states of each sweep start from the solution of the rule, which is better in almost every run, and the
 * readout is fitted to them at its end; {@link #withKeptStates} keeps X and P instead, so that the objective falls from block
 * to block. ‖A‖∞ ≤ κ holds after every step.
 *
 * <p>An immutable configuration: any number of models may be fitted with one.
 */
public final class ImplicitDescent {
    private final Settings settings;

    private ImplicitDescent(Settings settings) {
        this.settings = settings;
    }

    /** λ = μ = 1, κ = 0.95 for the norm of A, ridge 1e-6, 5 steps in (A, B) a sweep, no further penalty. */
    public static ImplicitDescent withDefaults() {
        return new ImplicitDescent(new Settings());
    }

    /** With other weights of the equation. */
    public ImplicitDescent withRelaxation(Relaxation other) {
        Settings s = settings.copy();
        s.relaxation = Objects.requireNonNull(other, "relaxation");
        return new ImplicitDescent(s);
    }

    /**
     * With another bound κ of ‖A‖∞.
     *
     * @throws IllegalArgumentException unless κ is positive and finite
     */
    public ImplicitDescent withKappa(double bound) {
        Settings s = settings.copy();
        s.kappa = positive("bound κ of the norm of A", bound);
        return new ImplicitDescent(s);
    }

    /**
     * With another ridge: ½mρ‖·‖²_F on A and B within their own block's problem, and on C and D.
     *
     * @throws IllegalArgumentException unless ρ is positive and finite
     */
    public ImplicitDescent withRidge(double rho) {
        Settings s = settings.copy();
        s.ridge = positive("ridge", rho);
        return new ImplicitDescent(s);
    }

    /**
     * With a penalty g on M = [A B; C D] in the place of the bound κ and the ridge, minimized by the given method.
     *
     * @param g it must hold A in a set on which the rule is well-posed
     */
    public ImplicitDescent withPenalty(Penalty g, WeightMethod method) {
        Settings s = settings.copy();
        s.penalty = Optional.of(g);
        s.weightMethod = Objects.requireNonNull(method, "method");
        return new ImplicitDescent(s);
    }

    /** With another number of steps in (A, B) a sweep, at least 1. */
    public ImplicitDescent withRuleSteps(int steps) {
        Settings s = settings.copy();
        s.ruleSteps = (int) positive("number of steps in (A, B)", steps);
        return new ImplicitDescent(s);
    }

    /**
     * With another number of alternations between X and P a sweep, at least 0; each takes 20 accelerated steps in X. Without
     * a proxy, it is one step in X and so many more.
     */
    public ImplicitDescent withStateSteps(int steps) {
        Settings s = settings.copy();
        s.stateSteps = (int) positive("number of alternations between X and P", steps + 1.0) - 1;
        return new ImplicitDescent(s);
    }

    /** With X and P kept from sweep to sweep. */
    public ImplicitDescent withKeptStates() {
        Settings s = settings.copy();
        s.keepsStates = true;
        return new ImplicitDescent(s);
    }

    /**
     * With a continuation: λ and μ grow by a factor after every sweep whose divergence f_φ(P, AX + BU)/m is above a bound.
     *
     * @throws IllegalArgumentException unless the factor is above 1 and the bound positive
     */
    public ImplicitDescent withContinuation(double factor, double bound) {
        Settings s = settings.copy();
        s.growth = 1 + positive("growth of λ less 1", factor - 1);
        s.divergence = positive("bound of the divergence", bound);
        return new ImplicitDescent(s);
    }

    /**
     * A run from the given weights, to be driven sweep by sweep.
     *
     * @throws org.implicitdl.operator.ShapeException if the weights do not fit the problem
     */
    public ImplicitRun start(ImplicitProblem problem, ImplicitWeights weights) {
        return ImplicitRun.from(this, problem, weights);
    }

    /** A run that goes on from where another one stood, to the same result. */
    public ImplicitRun resume(ImplicitProblem problem, ImplicitState state) {
        return new ImplicitRun(this, problem, state);
    }

    Relaxation relaxation() {
        return settings.relaxation;
    }

    /** The constraint of A. */
    L1Ball ball() {
        return L1Ball.ofRows(settings.kappa);
    }

    double ridge() {
        return settings.ridge;
    }

    Optional<Penalty> penalty() {
        return settings.penalty;
    }

    WeightMethod weightMethod() {
        return settings.weightMethod;
    }

    int ruleSteps() {
        return settings.ruleSteps;
    }

    int stateSteps() {
        return settings.stateSteps;
    }

    boolean keepsStates() {
        return settings.keepsStates;
    }

    /** λ and μ after a sweep that left the given divergence per sample. */
    Relaxation continued(Relaxation current, double perSample) {
        return continues() && perSample > settings.divergence ? current.times(settings.growth) : current;
    }

    /** Whether λ depends on the divergence. */
    boolean continues() {
        return settings.growth > 1;
    }

    private static double positive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The " + what + " must be positive and finite, but is " + value + ".");
        }
        return value;
    }

    /** All settings in words; the method for a penalty is not told apart from others. */
    public String identity() {
        return this + ", " + settings.ruleSteps + " and " + settings.stateSteps + " steps, growth " + settings.growth
                + " above " + settings.divergence + ", ridge " + settings.ridge;
    }

    @Override
    public String toString() {
        return "implicit block coordinate descent, " + settings.relaxation
                + settings.penalty
                        .map(g -> ", " + g)
                        .orElse(", |A|_inf <= " + settings.kappa + ", ridge " + settings.ridge)
                + (settings.keepsStates ? ", states kept" : "");
    }

    /** What a copy may change; not changed afterwards. */
    private static final class Settings implements Cloneable {
        private Relaxation relaxation = Relaxation.of(1, 1);
        private double kappa = 0.95;
        private double ridge = 1e-6;
        private Optional<Penalty> penalty = Optional.empty();
        private WeightMethod weightMethod;
        private int ruleSteps = 5;
        private int stateSteps = 1;
        private boolean keepsStates;
        private double growth = 1;
        private double divergence = Double.POSITIVE_INFINITY;

        Settings copy() {
            try {
                return (Settings) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
