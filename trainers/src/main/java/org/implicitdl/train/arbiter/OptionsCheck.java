package org.implicitdl.train.arbiter;

import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.implicitdl.layer.GradientType;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;

/** Refuses options of an {@link ImplicitLayerSpace} that no candidate could use. */
final class OptionsCheck {
    private static final Set<String> PARAMETERS = Set.of("A", "B", "C", "D", "b", "d", "F", "G", "V", "t");

    private OptionsCheck() {}

    /** @throws IllegalArgumentException if no implicit layer has a parameter of this name */
    static void requireParameter(String name) {
        if (!PARAMETERS.contains(name)) {
            throw new IllegalArgumentException("No implicit layer has a parameter '" + name
                    + "'; there are A, B, C, D, b and d, and instead of A there may be F and G, or V and t.");
        }
    }

    /** @throws IllegalArgumentException naming the option, if it belongs to a choice that is fixed to something else */
    static void requireUseful(SolverSpace solver, ParameterSpace<WellPosed> wellPosed) {
        SolverType type = fixed(solver.type, SolverType.AUTO);
        belongs("damping", solver.damping, type, SolverType.PICARD);
        belongs("andersonDepth", solver.andersonDepth, type, SolverType.ANDERSON);
        belongs("andersonRidge", solver.andersonRidge, type, SolverType.ANDERSON);
        boolean direct = substitutes(type, fixed(wellPosed, WellPosed.NORM_INF));
        refuse("maxIterations", solver.maxIterations, direct, "back-substitution");
        refuse("warmStart", solver.warmStart, direct, "back-substitution");
    }

    /** @throws IllegalArgumentException naming the option, if it belongs to a choice that is fixed to something else */
    static void requireUseful(GradientSpace gradient) {
        GradientType type = fixed(gradient.type, GradientType.EXACT);
        belongs("phantomSteps", gradient.phantomSteps, type, GradientType.PHANTOM);
        belongs("phantomDamping", gradient.phantomDamping, type, GradientType.PHANTOM);
    }

    /** @throws IllegalArgumentException if κ has no use */
    static void requireUsefulKappa(ParameterSpace<Double> kappa, ParameterSpace<WellPosed> wellPosed) {
        WellPosed condition = fixed(wellPosed, WellPosed.NORM_INF);
        refuse("kappa", kappa, condition != null && !condition.takesKappa(), "wellPosed(" + condition + ")");
    }

    /** Whether the state is found without iterations. */
    static boolean substitutes(SolverType solver, WellPosed wellPosed) {
        return solver == SolverType.BACK_SUBSTITUTION
                || solver == SolverType.AUTO && wellPosed == WellPosed.STRICTLY_UPPER_TRIANGULAR;
    }

    /** The only value of a space, or null if it has several. */
    private static <V> V fixed(ParameterSpace<V> space, V otherwise) {
        if (space == null) {
            return otherwise;
        }
        return space instanceof FixedValue<V> value ? value.getValue(new double[0]) : null;
    }

    private static void belongs(String option, Object space, Enum<?> chosen, Enum<?> owner) {
        refuse(option, space, chosen != null && chosen != owner, chosen + ", as it belongs to " + owner);
    }

    private static void refuse(String option, Object space, boolean useless, String reason) {
        if (space != null && useless) {
            throw new IllegalArgumentException("The option " + option + " has no effect with " + reason
                    + "; leave it out, or let the space choose otherwise.");
        }
    }
}
