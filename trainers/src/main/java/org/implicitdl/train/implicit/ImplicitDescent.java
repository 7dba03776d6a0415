package org.implicitdl.train.implicit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.penalty.Groups;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.state.NamedSettings;

/**
 * Block coordinate descent on the relaxed problem (10), (11) with a λ for every state, or (9) without a proxy,
 *
 * <p>min L(Y, CP + DV) + ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ) + ½μ‖X − P‖²_F + g(A, B, C, D),
 *
 * <p>over the readout (C, D), the proxy P, the states X and the rule (A, B) in turn; each block is a convex problem (§4.2).
 * By default the states of each sweep start from the solution of the rule, which is better in almost every run, and the
 * readout is fitted to them at its end; {@link #withKeptStates} keeps X and P instead, so that the objective falls from block
 * to block. ‖A‖∞ ≤ κ holds after every step. A run keeps the weights whose own predictions were the best.
 *
 * <p>An immutable configuration: any number of models may be fitted with one.
 */
public final class ImplicitDescent {
    private final DescentSettings settings;

    private ImplicitDescent(DescentSettings settings) {
        this.settings = settings;
    }

    /** λ = μ = 1, κ = 0.95 for the norm of A, ridge 1e-6, 5 steps in (A, B) a sweep, no further penalty. */
    public static ImplicitDescent withDefaults() {
        return new ImplicitDescent(new DescentSettings());
    }

    /** With other weights of the equation. */
    public ImplicitDescent withRelaxation(Relaxation other) {
        DescentSettings s = settings.copy();
        s.relaxation = Objects.requireNonNull(other, "relaxation");
        return new ImplicitDescent(s);
    }

    /**
     * With another bound κ of ‖A‖∞; in the training of a network, whose layer has a bound of its own, one that is not larger.
     *
     * @throws IllegalArgumentException unless κ is positive and finite
     */
    public ImplicitDescent withKappa(double bound) {
        DescentSettings s = settings.copy();
        s.kappa = OptionalDouble.of(DescentSettings.positive("bound κ of the norm of A", bound));
        return new ImplicitDescent(s);
    }

    /**
     * The same for a layer that needs ‖A‖∞ ≤ κ: with that bound, unless {@link #withKappa} asked for a smaller one.
     *
     * @throws IllegalArgumentException if {@link #withKappa} asked for a larger one
     */
    public ImplicitDescent withinBound(double bound) {
        if (settings.kappa.orElse(bound) > bound) {
            throw new IllegalArgumentException("The bound κ of the norm of A is " + settings.kappa.getAsDouble()
                    + ", but the layer's is " + bound + "; leave out withKappa, or give a bound that is no larger.");
        }
        return settings.kappa.isPresent() ? this : withKappa(bound);
    }

    /**
     * With another ridge ρ: ½ρ(‖C‖²_F + ‖D‖²_F) and, for m samples, ½mρ∑ᵢλᵢ(‖Aᵢ‖² + ‖Bᵢ‖²) over the rows of A and B, whose
     * weight relative to the divergence so depends neither on m nor on λ. It has no part beside {@link #withPenalty}.
     *
     * @throws IllegalArgumentException unless ρ is positive and finite
     */
    public ImplicitDescent withRidge(double rho) {
        DescentSettings s = settings.copy();
        s.ridge = DescentSettings.positive("ridge", rho);
        return new ImplicitDescent(s);
    }

    /**
     * With a penalty g on M = [A B; C D] in the place of the ridge, beside the bound κ, minimized by the given method. Whether
     * they fit each other, and each other's constraints, is found at the start of a run: the method is tried on a constant
     * function there. The own states and the readout are fitted to each other once more at the end of a sweep, by the same
     * method: a hundred or two of its iterations do for a sweep, as in {@code
     * WeightMethod.of(ProximalGradient.withDefaults().withIterations(200))}.
     *
     * @param g for matrices [n + q, n + p]
     */
    public ImplicitDescent withPenalty(Penalty g, WeightMethod method) {
        DescentSettings s = settings.copy();
        s.penalty = Optional.of(Objects.requireNonNull(g, "penalty"));
        s.weightMethod = Objects.requireNonNull(method, "method");
        return new ImplicitDescent(s);
    }

    /** With another number of steps in (A, B) a sweep, at least 1. */
    public ImplicitDescent withRuleSteps(int steps) {
        DescentSettings s = settings.copy();
        s.ruleSteps = DescentSettings.atLeast(1, "number of steps in (A, B)", steps);
        return new ImplicitDescent(s);
    }

    /**
     * With another number of alternations between X and P a sweep, at least 0, of 20 accelerated steps in X each. Without a
     * proxy, it is one step in X and so many more.
     */
    public ImplicitDescent withStateSteps(int alternations) {
        DescentSettings s = settings.copy();
        s.stateSteps = DescentSettings.atLeast(0, "number of alternations between X and P", alternations);
        return new ImplicitDescent(s);
    }

    /**
     * With another number of alternations between X and P a sweep, and of steps in X in each of them.
     *
     * @param alternations at least 0
     * @param acceleratedSteps at most so many, at least 1; it has no part without a proxy
     */
    public ImplicitDescent withStateSteps(int alternations, int acceleratedSteps) {
        DescentSettings s = withStateSteps(alternations).settings.copy();
        s.acceleratedSteps = DescentSettings.atLeast(1, "number of steps in X of an alternation", acceleratedSteps);
        return new ImplicitDescent(s);
    }

    /** With X and P kept from sweep to sweep. */
    public ImplicitDescent withKeptStates() {
        DescentSettings s = settings.copy();
        s.keepsStates = true;
        return new ImplicitDescent(s);
    }

    /**
     * With a continuation: λ and μ grow by a factor after every sweep that leaves the divergence ∑ᵢλᵢ f_φ(Pᵢ, (AX +
     * BU)ᵢ)/(m max λ) above a bound, and stay as they are after one that does not. {@link SweepReport#grows} tells.
     *
     * @throws IllegalArgumentException unless the factor is above 1 and finite, and the bound positive and finite
     */
    public ImplicitDescent withContinuation(double factor, double bound) {
        if (!(factor > 1 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The factor of a continuation must be above 1 and finite, but is " + factor + "; 1.5 is usual.");
        }
        DescentSettings s = settings.copy();
        s.growth = factor;
        s.divergence = DescentSettings.positive("bound of the divergence", bound);
        return new ImplicitDescent(s);
    }

    /** With a listener, beside those that are there, which every run tells of its sweeps. */
    public ImplicitDescent withListener(SweepListener listener) {
        DescentSettings s = settings.copy();
        s.listeners = Stream.concat(s.listeners.stream(), Stream.of(Objects.requireNonNull(listener, "listener")))
                .toList();
        return new ImplicitDescent(s);
    }

    /**
     * A run from the given weights, to be driven sweep by sweep.
     *
     * @throws org.implicitdl.operator.ShapeException if the weights or the penalty do not fit the problem
     * @throws IllegalArgumentException if there are neither one λ nor as many as states
     * @throws org.implicitdl.train.penalty.UnboundedPenaltyException if the penalty does not serve the method that it was
     *     given with
     * @throws org.implicitdl.train.penalty.NoCommonPointException if the constraints exclude each other
     */
    public ImplicitRun start(ImplicitProblem problem, ImplicitWeights weights) {
        return ImplicitRun.from(this, problem, weights);
    }

    /** A run that goes on from where another one stood, to the same result. */
    public ImplicitRun resume(ImplicitProblem problem, ImplicitState state) {
        return ImplicitRun.resumed(this, problem, state);
    }

    Relaxation relaxation() {
        return settings.relaxation;
    }

    /** The constraint of A. */
    L1Ball ball() {
        return L1Ball.ofRows(kappa());
    }

    /** The bound κ of ‖A‖∞. */
    public double kappa() {
        return settings.kappa.orElse(DescentSettings.KAPPA);
    }

    double ridge() {
        return settings.ridge;
    }

    /** Whether there is a penalty beside the bound κ. */
    public boolean hasPenalty() {
        return settings.penalty.isPresent();
    }

    /** g and the constraint of A, on M = [A B; C D] of the given sizes. */
    Optional<Penalty> penalty(int states, Matrix m) {
        return settings.penalty.map(
                g -> boundsA(g) ? g : g.and(Parts.of(m.rows(), m.cols()).with(0, states, 0, states, ball())));
    }

    /** Whether a ball over all of M holds A within its bound by itself. */
    private boolean boundsA(Penalty g) {
        return g instanceof L1Ball given && given.kappa() <= kappa() && given.groups() != Groups.COLUMNS;
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

    int acceleratedSteps() {
        return settings.acceleratedSteps;
    }

    List<SweepListener> listeners() {
        return settings.listeners;
    }

    boolean keepsStates() {
        return settings.keepsStates;
    }

    /** Whether λ depends on the divergence. */
    boolean continues() {
        return settings.growth > 1;
    }

    /** Whether λ and μ grow after a sweep that left the given divergence per sample. */
    boolean grows(double perSample) {
        return continues() && perSample > settings.divergence;
    }

    /** λ and μ grown. */
    Relaxation grown(Relaxation current) {
        return current.times(settings.growth);
    }

    /** All settings, for a checkpoint; of methods for a penalty, those that {@link WeightMethod} makes are told apart. */
    public NamedSettings settings() {
        return NamedSettings.of("implicit block coordinate descent")
                .with("relaxation", settings.relaxation)
                .with("bound of |A|_inf", kappa())
                .with("ridge", settings.ridge)
                .with("penalty", settings.penalty)
                .with(
                        "method for the penalty",
                        settings.weightMethod instanceof NamedWeightMethod named
                                ? Optional.of(named.name())
                                : Optional.empty())
                .with("number of steps in (A, B)", settings.ruleSteps)
                .with("number of alternations between X and P", settings.stateSteps)
                .with("number of steps in X of an alternation", settings.acceleratedSteps)
                .with("keeping of states", settings.keepsStates)
                .with("factor of the continuation", settings.growth)
                .with("bound of the divergence", settings.divergence);
    }

    @Override
    public String toString() {
        return "implicit block coordinate descent, " + settings.relaxation
                + ", |A|_inf <= " + kappa()
                + settings.penalty.map(g -> ", " + g).orElse(", ridge " + settings.ridge)
                + (settings.keepsStates ? ", states kept" : "")
                + (continues()
                        ? ", lambda and mu times " + settings.growth + " while the divergence is above "
                                + settings.divergence
                        : "");
    }
}
