package org.implicitdl.train.implicit;

import java.util.Optional;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.penalty.Penalty;

/** One run of an {@link ImplicitDescent}, driven sweep by sweep; it belongs to one thread. */
public final class ImplicitRun {
    private static final double TOLERANCE = 1e-10;

    private final ImplicitDescent method;
    private final ImplicitProblem problem;
    private final Optional<Penalty> penalty;
    private final Lapack.Cholesky factorOfInputs;
    private final SweepRecorder recorder;
    private ImplicitState state;
    /** BU, the largest product of a sweep, for the weights as they are. */
    private Matrix known;

    private ImplicitRun(ImplicitDescent method, ImplicitProblem problem, ImplicitState state, Matrix known) {
        this.method = method;
        this.problem = problem;
        this.state = state;
        this.known = known;
        this.recorder = new SweepRecorder(method.listeners());
        Matrix m = ModelMatrix.of(state.weights()).m();
        this.penalty = method.penalty(state.weights().states(), m);
        penalty.ifPresent(g -> StartChecks.tryOut(method.weightMethod(), g, m));
        this.factorOfInputs = penalty.isPresent() ? null : ruleStep().factorOfInputs();
    }

    static ImplicitRun from(ImplicitDescent method, ImplicitProblem problem, ImplicitWeights weights) {
        StartChecks.requireFit(problem, weights);
        StartChecks.requireFit(method.relaxation(), weights.states());
        ImplicitWeights inBall = weights.withRule(method.ball().prox(weights.a(), 1), weights.b());
        Matrix known = Lapack.times(inBall.b(), problem.u());
        Matrix x = Equilibria.of(inBall.a(), known, problem.phi(), Matrix.zeros(known.rows(), known.cols()));
        Matrix z = weighted(inBall, x, known);
        ImplicitState state = new ImplicitState(inBall, x, z, method.relaxation(), 0, Optional.empty());
        ImplicitRun run = new ImplicitRun(method, problem, state, known);
        run.judge(run.loss());
        return run;
    }

    static ImplicitRun resumed(ImplicitDescent method, ImplicitProblem problem, ImplicitState state) {
        StartChecks.requireFit(problem, state.weights());
        return new ImplicitRun(
                method, problem, state, Lapack.times(state.weights().b(), problem.u()));
    }

    /** Z = AX + BU. */
    private static Matrix weighted(ImplicitWeights weights, Matrix x, Matrix known) {
        return Lapack.times(weights.a(), x).add(1, known);
    }

    /** All that the next sweep depends on. */
    public ImplicitState state() {
        return state;
    }

    /**
     * The weights that the run has come to: of those of all sweeps, and the first ones, those whose own predictions, with
     * states that solve the rule, had the least loss plus penalty g. The relaxed objective falls without regard to them; the
     * weights of the last sweep are those of {@link #state}.
     */
    public ImplicitWeights weights() {
        return state.best().map(JudgedWeights::weights).orElse(state.weights());
    }

    /**
     * One sweep over all blocks.
     *
     * @return {@link #weights}
     * @throws org.implicitdl.train.bcd.BlockStepException if the problem of a block cannot be solved
     */
    public ImplicitWeights sweep() {
        recorder.begin();
        if (penalty.isEmpty()) {
            state = state.withWeights(readout(state.weights(), proxy()));
            record("C, D");
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
        double divergence = method.continues() || recorder.isListening()
                ? divergence() / problem.samples() / state.relaxation().largest()
                : Double.NaN;
        if (!method.keepsStates()) {
            restart();
        }
        finish(divergence);
        return weights();
    }

    /** States that solve the rule, and the readout that fits them. */
    private void restart() {
        Matrix x = solution();
        state = state.withStates(x, weighted(state.weights(), x, known));
        record("X, P from the rule");
        if (penalty.isEmpty()) {
            state = state.withWeights(readout(state.weights(), x));
            record("C, D");
        } else {
            // The penalty may bind B and D together; A and B fit these states already and hardly move.
            rule();
        }
    }

    /** Judges the sweep, and goes over to the next λ. */
    private void finish(double divergence) {
        double loss = loss();
        judge(loss);
        boolean grows = method.grows(divergence);
        Relaxation used = state.relaxation();
        state = state.next(grows ? method.grown(used) : used);
        if (recorder.isListening()) {
            recorder.tell(state, used, divergence, grows, loss);
        }
    }

    private void judge(double loss) {
        double ofPenalty = penalty.isEmpty() ? 0 : penaltyValue() / problem.samples();
        if (Double.isFinite(loss + ofPenalty)) {
            state = state.judged(loss + ofPenalty);
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
        record("P");
    }

    private void statesStep() {
        ImplicitWeights weights = state.weights();
        Matrix x = new StateStep(problem, state.relaxation(), method.acceleratedSteps(), TOLERANCE)
                .solve(weights.a(), weights.a().frobeniusNorm(), known, proxy(), state.x());
        state = state.withStates(x, state.v());
        record("X");
    }

    private void freeStatesStep() {
        Matrix v = new FreeStateStep(problem, state.weights(), state.relaxation(), 1 + method.stateSteps(), TOLERANCE)
                .solve(known, state.x());
        state = state.withStates(new ComponentwiseLink(problem.phi()).values(v), v);
        record("X");
    }

    private void rule() {
        ImplicitWeights weights = state.weights();
        if (penalty.isEmpty()) {
            setRule(ruleStep().update(weights, state.x(), known, proxy(), factorOfInputs));
            record("A, B");
            return;
        }
        WeightFunction function = new WeightFunction(problem, state.relaxation(), state.x(), proxy());
        Matrix m = method.weightMethod()
                .minimize(
                        function, penalty.orElseThrow(), ModelMatrix.of(weights).m())
                .w();
        setRule(function.divided(m));
        record("A, B, C, D");
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

    private void record(String block) {
        recorder.record(block, this::value);
    }

    /** The objective where the descent stands. */
    public ObjectiveValue value() {
        Matrix p = proxy();
        return new ObjectiveValue(
                problem.loss().loss(problem.y(), state.weights().output(p, problem.v())),
                divergence(),
                state.relaxation().hasProxy()
                        ? 0.5 * state.relaxation().mu() * state.x().squaredDistance(p)
                        : 0,
                penaltyValue());
    }

    private double penaltyValue() {
        ImplicitWeights weights = state.weights();
        return penalty.map(g -> g.value(ModelMatrix.of(weights).m()))
                .orElseGet(() -> method.ball().value(weights.a()) + ridges(weights));
    }

    private double ridges(ImplicitWeights weights) {
        double inRule = problem.samples() * RuleStep.weightedSquares(state.relaxation(), weights);
        double inReadout = weights.c().dot(weights.c()) + weights.d().dot(weights.d());
        return 0.5 * method.ridge() * (inRule + inReadout);
    }

    /**
     * The loss of the own predictions of the weights of the last sweep, with states that solve the rule, over the number of
     * samples.
     */
    public double loss() {
        return problem.loss().loss(problem.y(), state.weights().output(solution(), problem.v())) / problem.samples();
    }
}
