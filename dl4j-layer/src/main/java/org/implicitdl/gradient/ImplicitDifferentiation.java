package org.implicitdl.gradient;

import java.util.List;
import java.util.Optional;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.PicardSolver;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.Solvers;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exact gradient: the adjoint equation S = φ'(Z)ᵀ(AᵀS + G) is solved to a tolerance, by the solver that the certificate
 * of A, transposed, proves to work. It costs about as much as the equation itself.
 *
 * <p>Without a certificate, and for monotone matrices, whose splitting is slow, systems of few states are factorized sample
 * by sample; more states are iterated. Samples that a method fails for are factorized as well, up to
 * {@value #LARGEST_FACTORIZATION} states.
 *
 * <p>The residual of every sample is at most the tolerance of the stopping rule relative to ‖s‖, however small the gradient
 * is (down to {@value #LEAST}): by default 1e-12 in DOUBLE and 4e-6 in FLOAT, the same as forward. The relative error is that times the condition of I − φ'(z)ᵀAᵀ, at most (1 + κ)/(1 − κ) if the rule contracts by
 * κ, plus what the error of the state itself changes in φ'(z).
 */
public final class ImplicitDifferentiation implements AdjointMethod {
    private static final int LARGEST_FACTORIZATION = 1024;
    private static final double LEAST = 1e-30;
    private static final ImplicitDifferentiation DEFAULTS =
            new ImplicitDifferentiation(StoppingRule.withDefaults(), Optional.empty(), 64);

    private final StoppingRule rule;
    private final Optional<Certificate> certificate;
    private final int directLimit;

    private ImplicitDifferentiation(StoppingRule rule, Optional<Certificate> certificate, int directLimit) {
        this.rule = rule;
        this.certificate = certificate;
        this.directLimit = directLimit;
    }

    /** No certificate, {@link StoppingRule#withDefaults()}, and factorizations up to 64 states. */
    public static ImplicitDifferentiation withDefaults() {
        return DEFAULTS;
    }

    /** The same method with another stopping rule. */
    public ImplicitDifferentiation withRule(StoppingRule rule) {
        return new ImplicitDifferentiation(rule, certificate, directLimit);
    }

    /**
     * The same method for equations with a certified A.
     *
     * @param certificate that of A, for the φ of the equation
     */
    public ImplicitDifferentiation withCertificate(Certificate certificate) {
        return new ImplicitDifferentiation(rule, Optional.of(certificate), directLimit);
    }

    /**
     * The same method with another limit of states up to which factorizations come first.
     *
     * @param directLimit 0 for never
     * @throws IllegalArgumentException if it is negative
     */
    public ImplicitDifferentiation withDirectLimit(int directLimit) {
        if (directLimit < 0) {
            throw new IllegalArgumentException(
                    "The largest number of states to factorize must be at least 0, but is " + directLimit + ".");
        }
        return new ImplicitDifferentiation(rule, certificate, directLimit);
    }

    /** {@inheritDoc} An iteration starts from S = φ'(Z)ᵀG. */
    @Override
    public AdjointState solve(Linearization at, INDArray g) {
        FixedPointProblem adjoint = at.adjoint(g);
        INDArray right = at.derivative().apply(g);
        return solve(adjoint, right, Samples.finite(right));
    }

    /** @throws IllegalArgumentException if the certificate does not fit A or φ */
    @Override
    public AdjointState solve(Linearization at, INDArray g, INDArray start) {
        FixedPointProblem adjoint = at.adjoint(g);
        INDArray right = at.derivative().apply(g);
        int[] finite = Samples.finite(right);
        INDArray first = at.require("start", start).dup('f');
        double[] sums = Samples.sums(right);
        for (int j = 0; j < sums.length; j++) {
            if (sums[j] == 0) {
                // From elsewhere, an iteration only tends to zero, which it is never near to relative to itself.
                first.getColumn(j).assign(0);
            }
        }
        return solve(adjoint, first, finite);
    }

    private AdjointState solve(FixedPointProblem adjoint, INDArray start, int[] finite) {
        Attempts attempts = new Attempts(adjoint, start, finite);
        chain(adjoint.states()).forEach(attempts::by);
        Solution solution = attempts.result();
        return new AdjointState(solution.state(), solution.report());
    }

    /** The methods to try in turn. */
    private List<FixedPointSolver> chain(int states) {
        StoppingRule relative = rule.withFloor(LEAST);
        FixedPointSolver direct = new DirectLinearSolver(relative);
        boolean slow = certificate.isEmpty() || certificate.get() instanceof MonotoneCertificate;
        if (slow && states <= directLimit) {
            return List.of(direct);
        }
        FixedPointSolver iteration = certificate
                .map(proof -> Solvers.forCertificate(proof.transposed(), relative))
                .orElseGet(() -> PicardSolver.with(relative));
        return states <= LARGEST_FACTORIZATION ? List.of(iteration, direct) : List.of(iteration);
    }

    @Override
    public String toString() {
        return "Implicit differentiation, " + rule;
    }
}
