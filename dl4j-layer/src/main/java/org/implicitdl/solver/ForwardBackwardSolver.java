package org.implicitdl.solver;

import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward-backward splitting for matrices that are certified monotone, where Picard may fail (Winston and Kolter, Monotone
 * operator equilibrium networks, 2020).
 *
 * <p>For nondecreasing 1-Lipschitz φ, which is the proximal operator of some convex f, the equation says 0 ∈ ∂f(x) + (I −
 * A)x − v. The iteration x ← prox_αf(x − α((I − A)x − v)) contracts in ℓ₂ by √(1 − m²/ℓ²) for α = m/ℓ², where m = 1 −
 * λmax((A + Aᵀ)/2) and ℓ = ‖I − A‖₂. The proximal operator of αf takes w to φ(t) with (1 − α)φ(t) + αt = w. An L-Lipschitz
 * φ is treated by x = Ly. The argument of prox is (1 − α)x + α(Ax + v), so that one evaluation of Ax + v an iteration
 * gives the step and the true residual.
 */
public final class ForwardBackwardSolver implements FixedPointSolver {
    private final MonotoneCertificate certificate;
    private final StoppingRule rule;

    private ForwardBackwardSolver(MonotoneCertificate certificate, StoppingRule rule) {
        this.certificate = certificate;
        this.rule = rule;
    }

    /** The splitting with the step that a certificate allows. */
    public static ForwardBackwardSolver of(MonotoneCertificate certificate, StoppingRule rule) {
        return new ForwardBackwardSolver(certificate, rule);
    }

    /** @throws IllegalArgumentException if the certificate does not hold for φ */
    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        Certificates.require(certificate, problem);
        double m = certificate.strongMonotonicity();
        double alpha = m / (certificate.distance() * certificate.distance());
        double lipschitz = certificate.lipschitz();
        if (lipschitz == 0) {
            return PicardSolver.with(rule).solve(problem, start);
        }
        return BatchIteration.run(
                "Forward-backward splitting",
                problem,
                start,
                rule,
                (x, z, image) -> prox(
                        problem,
                        alpha,
                        lipschitz,
                        x.mul((1 - alpha) / lipschitz).addi(z.muli(alpha))));
    }

    /** φ(t) with (1 − α)φ(t)/L + αt = w, for every entry of w. */
    private static INDArray prox(FixedPointProblem problem, double alpha, double lipschitz, INDArray w) {
        Matrix entries = Matrix.copyOf(w);
        double[] values = entries.values();
        for (int i = 0; i < entries.rows(); i++) {
            FenchelActivation phi = Components.scalar(problem.phi(), i).orElseThrow();
            ScalarEquation equation = new ScalarEquation(phi, (alpha - 1) / (alpha * lipschitz));
            for (int k = i; k < values.length; k += entries.rows()) {
                values[k] = phi.value(equation.solve(values[k] / alpha));
            }
        }
        return entries.toArray(w.dataType());
    }

    @Override
    public String toString() {
        return "Forward-backward splitting, " + rule;
    }
}
