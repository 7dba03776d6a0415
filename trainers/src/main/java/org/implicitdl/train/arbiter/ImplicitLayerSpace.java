package org.implicitdl.train.arbiter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.deeplearning4j.arbiter.layers.FeedForwardLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.implicitdl.layer.FailureAction;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.SolverSettings;
import org.implicitdl.layer.WellPosed;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * A space of {@link ImplicitLayer}s: every option of the layer takes a value or a space of values, and what is not said has
 * the layer's default.
 *
 * <p>Options that belong to one choice, such as the damping to Picard's iteration, count in the candidates that make this
 * choice, and are left out of the others. A candidate whose values contradict each other, such as a solver that cannot
 * solve its equation, is refused by the layer with the reason.
 */
@SuppressWarnings("rawtypes") // as Arbiter declares the spaces
public final class ImplicitLayerSpace extends FeedForwardLayerSpace<ImplicitLayer> {
    private String layerName;
    private ParameterSpace<Integer> stateSize;
    private ParameterSpace<Boolean> hasBias;
    private ParameterSpace<Boolean> directTerm;
    private ParameterSpace<Boolean> stateOutput;
    private ParameterSpace<WellPosed> wellPosed;
    private ParameterSpace<Double> kappa;
    private SolverSpace solver;
    private GradientSpace gradient;
    private ParameterSpace<FailureAction> trainingFailure;
    private ParameterSpace<FailureAction> inferenceFailure;
    private ParameterSpace<IWeightInit> initializer;
    private ParameterSpace<Double> weightDecay;
    private ParameterSpace<Double> weightDecayBias;
    private ParameterSpace<List<Regularization>> regularization;
    private ParameterSpace<List<Regularization>> regularizationBias;
    private Map<String, OwnOptions> ownOptions = new TreeMap<>();

    private ImplicitLayerSpace() {
        // For JSON.
    }

    private ImplicitLayerSpace(Builder builder) {
        super(builder);
        layerName = builder.name;
        stateSize = builder.stateSize;
        hasBias = builder.hasBias;
        directTerm = builder.directTerm;
        stateOutput = builder.stateOutput;
        wellPosed = builder.wellPosed;
        kappa = builder.kappa;
        solver = builder.solver.clone();
        gradient = builder.gradient.clone();
        trainingFailure = builder.trainingFailure;
        inferenceFailure = builder.inferenceFailure;
        initializer = builder.initializer;
        weightDecay = builder.weightDecay;
        weightDecayBias = builder.weightDecayBias;
        regularization = builder.regularization;
        regularizationBias = builder.regularizationBias;
        builder.ownOptions.forEach((parameter, options) -> ownOptions.put(parameter, options.clone()));
        OptionsCheck.requireUseful(solver, wellPosed);
        OptionsCheck.requireUseful(gradient);
        OptionsCheck.requireUsefulKappa(kappa, wellPosed);
        numParameters = LeafUtils.countUniqueParameters(collectLeaves());
    }

    @Override
    public ImplicitLayer getValue(double[] numbers) {
        CandidateValues candidate = new CandidateValues(numbers);
        ImplicitLayer.Builder builder = new ImplicitLayer.Builder();
        describe(builder, candidate);
        ImplicitLayer layer = builder.build();
        if (!ownOptions.isEmpty()) {
            List<String> names = layer.initializer().paramKeys(layer);
            ownOptions.forEach((name, options) -> {
                if (names.contains(name)) {
                    options.give(name, builder, candidate);
                }
            });
            layer = builder.build();
        }
        layer.setSolver(solverFor(layer.getWellPosed(), candidate));
        layer.setGradient(gradient.getValue(numbers));
        return layer;
    }

    private void describe(ImplicitLayer.Builder builder, CandidateValues candidate) {
        // First, as l1, l2 and weight decay are added to these.
        candidate.give(regularization, penalties -> builder.regularization(new ArrayList<>(penalties)));
        candidate.give(regularizationBias, penalties -> builder.regularizationBias(new ArrayList<>(penalties)));
        setLayerOptionsBuilder(builder, candidate.numbers());
        candidate.give(initializer, builder::weightInit);
        candidate.give(weightDecay, builder::weightDecay);
        candidate.give(weightDecayBias, builder::weightDecayBias);
        builder.name(layerName);
        candidate.give(stateSize, n -> builder.stateSize(n));
        candidate.give(hasBias, builder::hasBias);
        candidate.give(directTerm, builder::directTerm);
        candidate.give(trainingFailure, builder::trainingFailure);
        candidate.give(inferenceFailure, builder::inferenceFailure);
        if (candidate.valueOr(stateOutput, false)) {
            builder.stateOutput(true);
            if (stateSize != null) {
                builder.nOut(0);
            }
        }
        WellPosed condition = candidate.valueOr(wellPosed, WellPosed.NORM_INF);
        builder.wellPosed(condition);
        if (condition.takesKappa()) {
            candidate.give(kappa, builder::kappa);
        }
    }

    private SolverSettings solverFor(WellPosed condition, CandidateValues candidate) {
        SolverSettings settings = solver.getValue(candidate.numbers());
        return OptionsCheck.substitutes(settings.type(), condition)
                ? new SolverSettings(settings.type(), settings.tolerance(), null, null, null, null, false)
                : settings;
    }

    @Override
    public Map<String, ParameterSpace> getNestedSpaces() {
        Map<String, ParameterSpace> spaces = new LinkedHashMap<>(super.getNestedSpaces());
        ownOptions.forEach((parameter, options) ->
                options.spaces().forEach((option, space) -> spaces.put(parameter + "." + option, space)));
        return spaces;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImplicitLayerSpace that
                && Objects.equals(layerName, that.layerName)
                && getNestedSpaces().equals(that.getNestedSpaces());
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof ImplicitLayerSpace;
    }

    @Override
    public int hashCode() {
        return Objects.hash(layerName, getNestedSpaces());
    }

    @Override
    public String toString() {
        return "ImplicitLayerSpace" + (layerName == null ? "" : " " + layerName) + getNestedSpaces();
    }

    /** Builds an {@link ImplicitLayerSpace}. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends ImplicitModelOptions {

        /**
         * The space.
         *
         * @throws IllegalArgumentException if an option has no effect in any candidate
         */
        @Override
        public ImplicitLayerSpace build() {
            return new ImplicitLayerSpace(this);
        }
    }
}
