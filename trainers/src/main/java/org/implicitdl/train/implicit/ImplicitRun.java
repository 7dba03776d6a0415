package org.implicitdl.train.implicit;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.ComponentwiseLink;

/** One run of an {@link ImplicitDescent}, driven sweep by sweep; it belongs to one thread. */
public final class ImplicitRun {
    private static final int ACCELERATED_STEPS = 20;
    private static final double TOLERANCE = 1e-10;

    private final ImplicitDescent method;
    private final ImplicitProblem problem;
    private final Lapack.Cholesky factorOfInputs;
    private final List<SweepListener> listeners = new ArrayList<>();
    private List<SweepReport.BlockReport> blocks = new ArrayList<>();
    private ImplicitState state;
    /** BU, the largest product of a sweep, for the weights as they are. */
    private Matrix known;

    ImplicitRun(ImplicitDescent method, ImplicitProblem problem, ImplicitState state) {
        this(method, problem, state, Lapack.times(state.weights().b(), problem.u()));
    }

    private ImplicitRun(ImplicitDescent method, ImplicitProblem problem, ImplicitState state, Matrix known) {
        this.method = method;
        this.problem = problem;
        this.state = state;
        this.known = known;
        this.factorOfInputs = method.penalty().isPresent() ? null : ruleStep().factorOfInputs();
    }

    static ImplicitRun from(ImplicitDescent method, ImplicitProblem problem, ImplicitWeights weights) {
        requireFit(problem, weights);
        ImplicitWeights inBall = weights.withRule(method.ball().prox(weights.a(), 1), weights.b());
        Matrix known = Lapack.times(inBall.b(), problem.u());
        Matrix x = Equilibria.of(inBall.a(), known, problem.phi(), Matrix.zeros(known.rows(), known.cols()));
        Matrix z = weighted(inBall, x, known);
        return new ImplicitRun(method, problem, new ImplicitState(inBall, x, z, method.relaxation(), 0), known);
    }

    /** Z = AX + BU. */
    private static Matrix weighted(ImplicitWeights weights, Matrix x, Matrix known) {
        return Lapack.times(weights.a(), x).add(1, known);
    }

    private static void requireFit(ImplicitProblem problem, ImplicitWeights weights) {
        if (weights.b().cols() != problem.u().rows()
                || weights.d().cols() != problem.v().rows()
                || weights.c().rows() != problem.y().rows()) {
            throw new ShapeException("Weights B " + weights.b() + ", C " + weights.c() + " and D " + weights.d()
                    + " do not fit the inputs " + problem.u() + ", " + problem.v() + " and responses " + problem.y()
                    + ".");
        }
    }

    /** From now on tells a listener of every sweep. */
    public void addListener(SweepListener listener) {
        listeners.add(listener);
    }

    /** All that the next sweep depends on. */
    public ImplicitState state() {
        return state;
    }

    /** The weights as they are now. */
    public ImplicitWeights weights() {
        return state.weights();
    }

    /**
     * One sweep over all blocks.
     *
     * @return the weights after it
     * @throws org.implicitdl.train.bcd.BlockStepException if the problem of a block cannot be solved
     */
    public ImplicitWeights sweep() {
        blocks = new ArrayList<>();
        if (method.penalty().isEmpty()) {
            state = state.withWeights(readout(state.weights(), proxy()));
            report("C, D");
        }
        if (state.relaxation().hasProxy()) {
            proxyStep();
            for (int i = 0; i < method.stateSteps(); i++) {
                statesStep();
                proxyStep();
            }
        } else {
            freeStatesStep();
        }
        rule();
        double perSample = method.continues()
                ? divergence() / problem.samples() / state.relaxation().largest()
                : 0;
        if (!method.keepsStates()) {
            restart();
        }
        Relaxation used = state.relaxation();
        state = state.next(method.continued(used, perSample));
        tell(used);
        return weights();
    }

    /** States that solve the rule, and the readout that fits them. */
    private void restart() {
        Matrix x = solution();
        state = state.withStates(x, weighted(state.weights(), x, known));
        if (method.penalty().isEmpty()) {
            state = state.withWeights(readout(state.weights(), x));
        }
    }

    private Matrix solution() {
        return Equilibria.of(state.weights().a(), known, problem.phi(), state.x());
    }

    private ImplicitWeights readout(ImplicitWeights weights, Matrix p) {
        return new ReadoutStep(problem, method.ridge()).update(weights, p);
    }

    private void proxyStep() {
        Matrix z = weighted(state.weights(), state.x(), known);
        state = state.withStates(
                state.x(), new ProxyStep(problem, state.weights(), state.relaxation(), TOLERANCE).solve(state.x(), z));
        report("P");
    }

    private void statesStep() {
        ImplicitWeights weights = state.weights();
        Matrix x = new StateStep(problem, state.relaxation(), ACCELERATED_STEPS, TOLERANCE)
                .solve(weights.a(), weights.a().frobeniusNorm(), known, proxy(), state.x());
        state = state.withStates(x, state.v());
        report("X");
    }

    private void freeStatesStep() {
        Matrix v = new FreeStateStep(problem, state.weights(), state.relaxation(), 1 + method.stateSteps(), TOLERANCE)
                .solve(known, state.x());
        state = state.withStates(new ComponentwiseLink(problem.phi()).values(v), v);
        report("X");
    }

    private void rule() {
        ImplicitWeights weights = state.weights();
        if (method.penalty().isEmpty()) {
            setRule(ruleStep().update(weights, state.x(), known, proxy(), factorOfInputs));
            report("A, B");
            return;
        }
        WeightFunction function = new WeightFunction(problem, state.relaxation(), state.x(), proxy());
        Matrix m = method.weightMethod()
                .minimize(
                        function,
                        method.penalty().orElseThrow(),
                        ModelMatrix.of(weights).m())
                .w();
        setRule(function.divided(m));
        report("A, B, C, D");
    }

    private void setRule(ImplicitWeights weights) {
        state = state.withWeights(weights);
        known = Lapack.times(weights.b(), problem.u());
    }

    private RuleStep ruleStep() {
        return new RuleStep(problem, state.relaxation(), method.ball(), method.ridge(), method.ruleSteps());
    }

    /** P = φ(V). */
    private Matrix proxy() {
        return new ComponentwiseLink(problem.phi()).values(state.v());
    }

    private double divergence() {
        Matrix z = weighted(state.weights(), state.x(), known);
        return Objective.divergence(problem.phi(), state.relaxation(), state.v(), z);
    }

    private void report(String block) {
        if (!listeners.isEmpty()) {
            blocks.add(new SweepReport.BlockReport(block, value()));
        }
    }

    /** The objective where the descent stands. */
    public ObjectiveValue value() {
        Matrix p = proxy();
        ImplicitWeights weights = state.weights();
        double penalty = method.penalty()
                .map(g -> g.value(ModelMatrix.of(weights).m()))
                .orElseGet(() -> method.ball().value(weights.a())
                        + 0.5
                                * method.ridge()
                                * problem.samples()
                                * RuleStep.weightedSquares(state.relaxation(), weights)
                        + 0.5
                                * method.ridge()
                                * (weights.c().dot(weights.c()) + weights.d().dot(weights.d())));
        return new ObjectiveValue(
                problem.loss().loss(problem.y(), weights.output(p, problem.v())),
                divergence(),
                state.relaxation().hasProxy()
                        ? 0.5 * state.relaxation().mu() * state.x().squaredDistance(p)
                        : 0,
                penalty);
    }

    /** The loss of the model's own predictions, with states that solve the rule, over the number of samples. */
    public double loss() {
        return problem.loss().loss(problem.y(), state.weights().output(solution(), problem.v())) / problem.samples();
    }

    private void tell(Relaxation used) {
        if (!listeners.isEmpty()) {
            SweepReport report = new SweepReport(state.sweeps(), used, blocks, loss());
            listeners.forEach(listener -> listener.sweepDone(report));
        }
    }
}
