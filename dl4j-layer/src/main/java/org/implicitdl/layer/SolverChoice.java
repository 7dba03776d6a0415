package org.implicitdl.layer;

import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.solver.AndersonSolver;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.NewtonSolver;
import org.implicitdl.solver.PeacemanRachfordSolver;
import org.implicitdl.solver.PicardSolver;
import org.implicitdl.solver.Solvers;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.solver.TriangularSubstitution;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.ContractionCertificate;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.implicitdl.wellposed.TriangularCertificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The solver that a layer's settings choose. */
final class SolverChoice {
    private SolverChoice() {}

    /**
     * The solver.
     *
     * @param rule when it stops
     * @param certificate that of A, which methods that need one must have
     */
    static FixedPointSolver of(SolverSettings settings, StoppingRule rule, Optional<Certificate> certificate) {
        return switch (settings.type()) {
            case AUTO ->
                certificate
                        .map(known -> Solvers.forCertificate(known, rule))
                        .orElseGet(() -> AndersonSolver.with(rule));
            case BACK_SUBSTITUTION -> TriangularSubstitution.of(need(certificate, TriangularCertificate.class), rule);
            case PICARD ->
                settings.damping() == null
                        ? PicardSolver.with(rule)
                        : PicardSolver.with(rule).withDamping(settings.damping());
            case ANDERSON -> anderson(settings, rule);
            case PEACEMAN_RACHFORD -> PeacemanRachfordSolver.of(need(certificate, MonotoneCertificate.class), rule);
            case NEWTON -> NewtonSolver.with(rule);
        };
    }

    /**
     * When a layer's solver stops. Rounding keeps the residual above a multiple of ‖A‖ that is no matter for contractions;
     * for others the default tolerance takes that into account.
     */
    static StoppingRule rule(SolverSettings settings, Optional<Certificate> certificate, INDArray a) {
        StoppingRule rule = StoppingRule.withDefaults();
        StoppingRule within = settings.tolerance() == null
                ? rule.withTolerance(rule.tolerance(a.dataType()) * size(certificate, a))
                : rule.withTolerance(settings.tolerance());
        return settings.maxIterations() == null ? within : within.withIterationLimit(settings.maxIterations());
    }

    private static double size(Optional<Certificate> certificate, INDArray a) {
        return certificate.isPresent() && certificate.get() instanceof ContractionCertificate
                ? 1
                : Math.max(1, DenseOperator.viewOf(a).normInf());
    }

    private static AndersonSolver anderson(SolverSettings settings, StoppingRule rule) {
        AndersonSolver solver = AndersonSolver.with(rule);
        AndersonSolver deep = settings.andersonDepth() == null ? solver : solver.withDepth(settings.andersonDepth());
        return settings.andersonRidge() == null ? deep : deep.withRidge(settings.andersonRidge());
    }

    private static <C extends Certificate> C need(Optional<Certificate> certificate, Class<C> kind) {
        return certificate
                .filter(kind::isInstance)
                .map(kind::cast)
                .orElseThrow(() -> new DL4JInvalidConfigException("The solver needs a " + kind.getSimpleName()
                        + " of A, but there is "
                        + certificate.map(Certificate::statement).orElse("none")
                        + "; use the solver AUTO."));
    }
}
