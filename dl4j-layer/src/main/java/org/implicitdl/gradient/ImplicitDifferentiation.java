package org.implicitdl.gradient;

import java.util.Optional;
import org.implicitdl.solver.AndersonSolver;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.NewtonSolver;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.SolverChain;
import org.implicitdl.solver.Solvers;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exact gradient: the adjoint equation S = φ'(Z)ᵀ(AᵀS + G) is solved to a tolerance, by the solvers that the certificate
 * of A, transposed, proves to work. It costs about as much as the equation itself.
 *
 * <p>Without a certificate, systems of up to {@value #FACTORIZED} states are factorized, sample by sample; more are iterated
 * by Anderson's method, and factorized, or left to GMRES, where that fails: Newton's method, whose one step solves a linear
 * equation, does either.
 *
 * <p>The residual of every sample is at most the tolerance of the stopping rule relative to ‖s‖, however small the gradient
 * is (down to {@value #LEAST}): by default 1e-12 in DOUBLE and 4e-6 in FLOAT, the same as forward. The relative error is that
 * times the condition of I − φ'(z)ᵀAᵀ, at most (1 + κ)/(1 − κ) if the rule contracts by κ, plus what the error of the state
 * itself changes in φ'(z).
 */
public final class ImplicitDifferentiation implements AdjointMethod {
    private static final int FACTORIZED = 64;
    private static final int ANDERSON_STEPS = 200;

    /** Single precision loses squares, and so norms, of less. */
    private static final double LEAST = 1e-18;

    private static final ImplicitDifferentiation DEFAULTS =
            new ImplicitDifferentiation(StoppingRule.withDefaults(), Optional.empty());

    private final StoppingRule rule;
    private final Optional<Certificate> certificate;

    private ImplicitDifferentiation(StoppingRule rule, Optional<Certificate> certificate) {
        this.rule = rule;
        this.certificate = certificate;
    }

    /** No certificate, and {@link StoppingRule#withDefaults()}. */
    public static ImplicitDifferentiation withDefaults() {
        return DEFAULTS;
    }

    /** The same method with another stopping rule, whose floor is of no account. */
    public ImplicitDifferentiation withRule(StoppingRule rule) {
        return new ImplicitDifferentiation(rule, certificate);
    }

    /**
     * The same method for equations with a certified A.
     *
     * @param certificate that of A, for the φ of the equation
     */
    public ImplicitDifferentiation withCertificate(Certificate certificate) {
        return new ImplicitDifferentiation(rule, Optional.of(certificate));
    }

    /**
     * {@inheritDoc} An iteration starts from S = φ'(Z)ᵀG.
     *
     * @throws IllegalArgumentException if the certificate does not fit A or φ
     */
    @Override
    public AdjointState solve(Linearization at, INDArray g) {
        FixedPointProblem adjoint = at.adjoint(g);
        INDArray right = at.derivative().apply(g);
        return solve(adjoint, right, FiniteSamples.of(right));
    }

    /** @throws IllegalArgumentException if the certificate does not fit A or φ */
    @Override
    public AdjointState solve(Linearization at, INDArray g, INDArray start) {
        FixedPointProblem adjoint = at.adjoint(g);
        INDArray right = at.derivative().apply(g);
        INDArray first = at.require("start", start).dup('f');
        double[] sums = FiniteSamples.sums(right);
        for (int j = 0; j < sums.length; j++) {
            if (sums[j] == 0) {
                // From elsewhere, an iteration only tends to zero, which it is never near to relative to itself.
                first.getColumn(j).assign(0);
            }
        }
        return solve(adjoint, first, FiniteSamples.of(right));
    }

    private AdjointState solve(FixedPointProblem adjoint, INDArray start, int... finite) {
        StoppingRule relative = rule.withFloor(LEAST);
        FixedPointSolver solver = certificate
                .map(proof -> Solvers.forCertificate(proof.transposed(), relative))
                .orElseGet(() -> uncertified(adjoint.states(), relative));
        Solution solution = new FiniteSamples(solver, finite).solve(adjoint, start);
        return new AdjointState(solution.state(), solution.report());
    }

    private static FixedPointSolver uncertified(int states, StoppingRule rule) {
        FixedPointSolver newton = NewtonSolver.with(rule);
        int steps = Math.min(ANDERSON_STEPS, rule.iterationLimit());
        return states <= FACTORIZED
                ? newton
                : SolverChain.of(AndersonSolver.with(rule.withIterationLimit(steps)), newton);
    }

    @Override
    public String toString() {
        return "Implicit differentiation, " + rule;
    }
}
