package org.implicitdl.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What {@link ImplicitLayer.Builder} can be told, beside what every feed-forward layer of DL4J can. */
public abstract sealed class ImplicitLayerOptions extends FeedForwardLayer.Builder<ImplicitLayer.Builder>
        permits ImplicitLayer.Builder {
    static final double DEFAULT_KAPPA = 0.95;

    long stateSize;
    boolean hasBias = true;
    boolean directTerm = true;
    boolean stateOutput;
    WellPosed wellPosed = WellPosed.NORM_INF;
    Double kappa;
    SolverSettings solver = SolverSettings.DEFAULTS;
    GradientSettings gradient = GradientSettings.DEFAULTS;
    FailureAction trainingFailure = FailureAction.WARN;
    FailureAction inferenceFailure = FailureAction.THROW;
    final Map<String, ParameterSettings> parameterSettings = new HashMap<>();
    private final Map<String, List<LayerConstraint>> ownConstraints = new HashMap<>();

    private ImplicitLayer.Builder self() {
        return (ImplicitLayer.Builder) this;
    }

    /** The number n of states; if {@link #stateOutput} is on, nOut says it as well. */
    public ImplicitLayer.Builder stateSize(long stateSize) {
        this.stateSize = stateSize;
        return self();
    }

    /** Whether there are biases b and d (true). */
    public ImplicitLayer.Builder hasBias(boolean hasBias) {
        this.hasBias = hasBias;
        return self();
    }

    /** Whether the output has the term Du (true). */
    public ImplicitLayer.Builder directTerm(boolean directTerm) {
        this.directTerm = directTerm;
        return self();
    }

    /** Whether the output is the state x itself, without C, D and d (false); nOut is then the number of states. */
    public ImplicitLayer.Builder stateOutput(boolean stateOutput) {
        this.stateOutput = stateOutput;
        return self();
    }

    /** How the equation is kept well-posed ({@link WellPosed#NORM_INF}). */
    public ImplicitLayer.Builder wellPosed(WellPosed wellPosed) {
        this.wellPosed = wellPosed;
        return self();
    }

    /** The bound κ, 0 < κ < 1, of what {@link #wellPosed} chooses (0.95). */
    public ImplicitLayer.Builder kappa(double kappa) {
        this.kappa = kappa;
        return self();
    }

    /** The method that finds the state ({@link SolverType#AUTO}). */
    public ImplicitLayer.Builder solver(SolverType type) {
        solver = solver.withType(type);
        return self();
    }

    /** The tolerance of the residual ‖φ(Ax + v) − x‖₂ / max(‖x‖₂, 1) of each sample (1e-12 in double, 4e-6 in float). */
    public ImplicitLayer.Builder tolerance(double tolerance) {
        solver = solver.withTolerance(tolerance);
        return self();
    }

    /** The largest number of evaluations of φ(Ax + v) for a sample (as many as the certificate proves to suffice). */
    public ImplicitLayer.Builder maxIterations(int maxIterations) {
        solver = solver.withMaxIterations(maxIterations);
        return self();
    }

    /** The factor β of x ← (1 − β)x + βφ(Ax + v), 0 < β ≤ 1, for {@link SolverType#PICARD} (1). */
    public ImplicitLayer.Builder damping(double damping) {
        solver = solver.withDamping(damping);
        return self();
    }

    /** How many earlier iterates {@link SolverType#ANDERSON} combines (5). */
    public ImplicitLayer.Builder andersonDepth(int depth) {
        solver = solver.withAndersonDepth(depth);
        return self();
    }

    /** The regularization of {@link SolverType#ANDERSON}, relative to the trace of its Gram matrix. */
    public ImplicitLayer.Builder andersonRidge(double ridge) {
        solver = solver.withAndersonRidge(ridge);
        return self();
    }

    /** Whether a batch starts from the states of the batch before, if that had as many samples (false). */
    public ImplicitLayer.Builder warmStart(boolean warmStart) {
        solver = solver.withWarmStart(warmStart);
        return self();
    }

    /** How the gradient is taken ({@link GradientType#EXACT}). */
    public ImplicitLayer.Builder gradient(GradientType type) {
        gradient = gradient.withType(type);
        return self();
    }

    /** The number k of terms of {@link GradientType#PHANTOM} (5). */
    public ImplicitLayer.Builder phantomSteps(int steps) {
        gradient = gradient.withPhantomSteps(steps);
        return self();
    }

    /** The damping τ of {@link GradientType#PHANTOM}, 0 < τ ≤ 1 (0.5). */
    public ImplicitLayer.Builder phantomDamping(double damping) {
        gradient = gradient.withPhantomDamping(damping);
        return self();
    }

    /** What happens in training if a state is not found ({@link FailureAction#WARN}); non-finite values always throw. */
    public ImplicitLayer.Builder trainingFailure(FailureAction action) {
        this.trainingFailure = action;
        return self();
    }

    /** What happens in inference if a state is not found ({@link FailureAction#THROW}). */
    public ImplicitLayer.Builder inferenceFailure(FailureAction action) {
        this.inferenceFailure = action;
        return self();
    }

    /** Initial values of one weight, such as "A", instead of the layer's. */
    public ImplicitLayer.Builder weightInit(String parameter, IWeightInit init) {
        return set(parameter, settings(parameter).withWeightInit(init));
    }

    /** The updater of one parameter, instead of the layer's; later changes of the network's learning rate leave it alone. */
    public ImplicitLayer.Builder updater(String parameter, IUpdater updater) {
        return set(parameter, settings(parameter).withUpdater(updater));
    }

    /** The ℓ₁ penalty of one parameter, instead of the layer's penalties. */
    public ImplicitLayer.Builder l1(String parameter, double l1) {
        return regularization(parameter, new L1Regularization(l1));
    }

    /** The ℓ₂ penalty of one parameter, instead of the layer's penalties. */
    public ImplicitLayer.Builder l2(String parameter, double l2) {
        return regularization(parameter, new L2Regularization(l2));
    }

    /** Adds a penalty of one parameter; the layer's penalties do not count for it then. */
    public ImplicitLayer.Builder regularization(String parameter, Regularization penalty) {
        List<Regularization> all = new ArrayList<>(
                settings(parameter).regularization() == null
                        ? List.of()
                        : settings(parameter).regularization());
        all.add(penalty);
        return set(parameter, settings(parameter).withRegularization(all));
    }

    /** Adds constraints of one parameter; the condition of well-posedness is restored after them. */
    public ImplicitLayer.Builder constrain(String parameter, LayerConstraint... constraints) {
        ownConstraints.computeIfAbsent(parameter, key -> new ArrayList<>()).addAll(List.of(constraints));
        return self();
    }

    private ParameterSettings settings(String parameter) {
        return parameterSettings.getOrDefault(parameter, ParameterSettings.NONE);
    }

    private ImplicitLayer.Builder set(String parameter, ParameterSettings settings) {
        parameterSettings.put(parameter, settings);
        return self();
    }

    /** The names of the parameters that something was said about. */
    List<String> namedParameters() {
        List<String> names = new ArrayList<>(parameterSettings.keySet());
        names.addAll(ownConstraints.keySet());
        return names;
    }

    /** Constraints and those of single parameters; null if there are none, which DL4J fills with the network's. */
    List<LayerConstraint> withOwnConstraints(List<LayerConstraint> others) {
        List<LayerConstraint> all = new ArrayList<>(others == null ? List.of() : others);
        ownConstraints.forEach((parameter, constraints) -> constraints.forEach(constraint -> {
            LayerConstraint own = constraint.clone();
            own.setParams(Set.of(parameter));
            all.add(own);
        }));
        return all.isEmpty() ? null : all;
    }
}
