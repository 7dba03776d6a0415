package org.implicitdl.layer;

import java.util.Optional;
import org.implicitdl.gradient.AdjointMethod;
import org.implicitdl.gradient.ImplicitDifferentiation;
import org.implicitdl.gradient.OneStep;
import org.implicitdl.gradient.Phantom;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;

/** The way to the gradient that a layer's settings choose. */
final class GradientChoice {
    private static final int DEFAULT_STEPS = 5;
    private static final double DEFAULT_DAMPING = 0.5;

    private GradientChoice() {}

    /**
     * The method.
     *
     * @param rule the tolerance, which is that of the solver
     */
    static AdjointMethod of(GradientSettings settings, StoppingRule rule, Optional<Certificate> certificate) {
        return switch (settings.type()) {
            case ONE_STEP -> OneStep.withDefaults();
            case PHANTOM ->
                Phantom.of(
                        settings.phantomSteps() == null ? DEFAULT_STEPS : settings.phantomSteps(),
                        settings.phantomDamping() == null ? DEFAULT_DAMPING : settings.phantomDamping());
            case EXACT -> {
                ImplicitDifferentiation exact =
                        ImplicitDifferentiation.withDefaults().withRule(rule);
                yield certificate.map(exact::withCertificate).orElse(exact);
            }
        };
    }
}
