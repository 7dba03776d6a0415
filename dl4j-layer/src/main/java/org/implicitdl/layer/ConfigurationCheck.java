package org.implicitdl.layer;

import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.implicitdl.activation.Activation;
import org.implicitdl.layer.ParameterLayout.Role;
import org.implicitdl.wellposed.ActivationTraits;
import org.nd4j.linalg.api.buffer.DataType;

/** The checks of a layer's configuration; every message names the layer. */
final class ConfigurationCheck {
    private final ImplicitLayer layer;
    private final String name;

    private ConfigurationCheck(ImplicitLayer layer, String name) {
        this.layer = layer;
        this.name = name;
    }

    /** What can be told before the layer is part of a network: sizes may still be missing, and the activation. */
    static void ofBuilder(ImplicitLayer layer, boolean kappaGiven, List<String> namedParameters) {
        ConfigurationCheck check = new ConfigurationCheck(layer, layer.describe());
        check.options();
        check.require(
                !kappaGiven || layer.getWellPosed().takesKappa(),
                "kappa does not apply to wellPosed(" + layer.getWellPosed() + "); leave it out");
        List<String> names = ParameterLayout.of(layer).names();
        for (String parameter : namedParameters) {
            check.require(names.contains(parameter), "there is no parameter '" + parameter + "'; there are " + names);
            check.require(
                    layer.settingsOf(parameter).weightInit() == null
                            || ParameterLayout.of(layer).names(Role.WEIGHT).contains(parameter),
                    "weightInit applies to weights, but '" + parameter + "' is none; use biasInit for b and d");
        }
    }

    /** What must hold for a layer that computes. */
    static void ofLayer(ImplicitLayer layer, int index, DataType type) {
        ConfigurationCheck check = new ConfigurationCheck(layer, layer.describe() + " at index " + index);
        check.options();
        check.require(
                layer.getNIn() > 0 && layer.getNOut() > 0,
                "nIn and nOut must be positive, but are " + layer.getNIn() + " and " + layer.getNOut()
                        + "; set nIn, or setInputType on the network");
        check.require(
                type == DataType.FLOAT || type == DataType.DOUBLE,
                "its data type must be FLOAT or DOUBLE, but is " + type + "; set dataType(DataType.FLOAT)");
        check.activation();
    }

    private void options() {
        require(
                layer.getWellPosed() != null
                        && layer.getSolver() != null
                        && layer.getSolver().type() != null
                        && layer.getGradient() != null
                        && layer.getGradient().type() != null
                        && layer.getTrainingFailure() != null
                        && layer.getInferenceFailure() != null,
                "wellPosed, solver, gradient and the failure actions must not be null; give a value, or, if this comes from a file, restore the file");
        sizes();
        double kappa = layer.getKappa();
        require(
                kappa > 0 && kappa < 1,
                "kappa must lie between 0 and 1, both excluded, but is " + kappa + "; try 0.95. With kappa >= 1 the"
                        + " equation need not have a solution");
        solver(layer.getSolver());
        gradient(layer.getGradient());
    }

    private void sizes() {
        require(layer.getNIn() >= 0, "nIn must be positive, but is " + layer.getNIn());
        require(layer.getNOut() >= 0, "nOut must be positive, but is " + layer.getNOut());
        require(
                layer.getStateSize() > 0,
                "stateSize, the number of states, must be positive, but is " + layer.getStateSize()
                        + "; set it with stateSize(n)");
        require(
                layer.getStateSize() <= Math.sqrt(Integer.MAX_VALUE),
                "stateSize must be at most 46340, since A has its square as entries, but is " + layer.getStateSize());
        require(
                !layer.isStateOutput() || layer.getNOut() == layer.getStateSize(),
                "with stateOutput(true) nOut is the number of states, but nOut is " + layer.getNOut()
                        + " and stateSize " + layer.getStateSize() + "; leave one of them out");
    }

    private void solver(SolverSettings solver) {
        require(
                solver.tolerance() == null || solver.tolerance() > 0 && solver.tolerance() < 1,
                "the tolerance must lie between 0 and 1, both excluded, but is " + solver.tolerance()
                        + "; try 1e-5 in float, 1e-10 in double");
        require(
                solver.maxIterations() == null || solver.maxIterations() >= 1,
                "maxIterations must be at least 1, but is " + solver.maxIterations() + "; try 1000");
        boolean substitutes = solver.type() == SolverType.BACK_SUBSTITUTION
                || solver.type() == SolverType.AUTO && layer.getWellPosed() == WellPosed.STRICTLY_UPPER_TRIANGULAR;
        require(
                solver.maxIterations() == null || !substitutes,
                "maxIterations does not apply to back-substitution, which does not iterate; leave it out");
        require(
                !solver.warmStart() || !substitutes,
                "warmStart does not apply to back-substitution, which does not iterate; leave it out");
        belongs("damping", solver.damping(), solver.type(), SolverType.PICARD);
        belongs("andersonDepth", solver.andersonDepth(), solver.type(), SolverType.ANDERSON);
        belongs("andersonRidge", solver.andersonRidge(), solver.type(), SolverType.ANDERSON);
        requireFraction("damping", solver.damping());
        require(
                solver.andersonDepth() == null || solver.andersonDepth() >= 1 && solver.andersonDepth() <= 50,
                "andersonDepth must lie between 1 and 50, but is " + solver.andersonDepth() + "; try 5");
        require(
                solver.andersonRidge() == null || solver.andersonRidge() > 0 && solver.andersonRidge() < 1,
                "andersonRidge must lie between 0 and 1, both excluded, but is " + solver.andersonRidge()
                        + "; try 1e-10");
        require(
                solver.type() != SolverType.BACK_SUBSTITUTION
                        || layer.getWellPosed() == WellPosed.STRICTLY_UPPER_TRIANGULAR,
                "the solver BACK_SUBSTITUTION needs wellPosed(STRICTLY_UPPER_TRIANGULAR), but it is "
                        + layer.getWellPosed() + "; use the solver AUTO");
        require(
                solver.type() != SolverType.PEACEMAN_RACHFORD || layer.getWellPosed() == WellPosed.MONOTONE,
                "the solver PEACEMAN_RACHFORD needs wellPosed(MONOTONE), but it is " + layer.getWellPosed()
                        + "; use the solver AUTO");
    }

    private void gradient(GradientSettings gradient) {
        belongs("phantomSteps", gradient.phantomSteps(), gradient.type(), GradientType.PHANTOM);
        belongs("phantomDamping", gradient.phantomDamping(), gradient.type(), GradientType.PHANTOM);
        require(
                gradient.phantomSteps() == null || gradient.phantomSteps() >= 1,
                "phantomSteps must be at least 1, but is " + gradient.phantomSteps() + "; try 5");
        requireFraction("phantomDamping", gradient.phantomDamping());
    }

    private void activation() {
        Activation phi;
        try {
            phi = layer.phi();
        } catch (IllegalArgumentException e) {
            throw new DL4JInvalidConfigException(
                    name + ": its activation is no map of the state: " + e.getMessage(), e);
        }
        WellPosed choice = layer.getWellPosed();
        require(
                !choice.takesKappa() || Double.isFinite(phi.lipschitz()),
                "the activation " + layer.getActivationFn() + " has no Lipschitz constant, so that no norm of A makes"
                        + " the equation well-posed; use wellPosed(STRICTLY_UPPER_TRIANGULAR) or another activation");
        require(
                !choice.needsComponentwise() || phi.isComponentwise(),
                "wellPosed(" + choice + ") needs an activation of each component alone, but " + layer.getActivationFn()
                        + " mixes them; use wellPosed(NORM_INF)");
        require(
                choice != WellPosed.MONOTONE
                        || ActivationTraits.of(phi, (int) layer.getStateSize()).nondecreasing(),
                "wellPosed(MONOTONE) needs a nondecreasing activation, but " + layer.getActivationFn()
                        + " is not known to be one; use wellPosed(NORM_INF)");
    }

    private void belongs(String option, Object value, Enum<?> chosen, Enum<?> owner) {
        require(
                value == null || chosen == owner,
                option + " applies to " + owner + " only, but " + chosen + " is chosen; leave it out, or choose "
                        + owner);
    }

    private void requireFraction(String option, Double value) {
        require(
                value == null || value > 0 && value <= 1,
                option + " must be above 0 and at most 1, but is " + value + "; try 0.5");
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new DL4JInvalidConfigException(name + ": " + message + ".");
        }
    }
}
