package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Semismooth Newton's method for x − φ(Ax + v) = 0, for each sample on its own: the step d solves (I − DA)d = φ(z) − x
 * with D = φ'(z) at z = Ax + v (Qi and Sun, A nonsmooth version of Newton's method, 1993). It takes few evaluations where
 * Picard takes many or diverges, each of which costs a factorization.
 *
 * <p>The step is shortened by the line search of Harker and Pang (1990) on ‖φ(z + tAd) − x − td‖₂, which costs no product
 * with A but that of Ad. Where A has a certificate for a componentwise nondecreasing φ, I − DA is regular for every D, and
 * d is a direction of descent. States where D is zero, as of ReLU, leave the system, which is then that of the others.
 * Systems of more than {@value NewtonStep#LARGEST_FACTORIZATION} states are solved by {@link Gmres} instead of an LU
 * factorization. All of this is done in double precision.
 */
public final class NewtonSolver implements FixedPointSolver {
    private static final String METHOD = "Newton";

    private final StoppingRule rule;

    private NewtonSolver(StoppingRule rule) {
        this.rule = rule;
    }

    /** The method with {@link StoppingRule#withDefaults()}. */
    public static NewtonSolver withDefaults() {
        return with(StoppingRule.withDefaults());
    }

    /** The method with a stopping rule. */
    public static NewtonSolver with(StoppingRule rule) {
        return new NewtonSolver(rule);
    }

    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        return BatchIteration.run(METHOD, problem, start, rule, 1, NewtonStep::new);
    }

    @Override
    public String toString() {
        return METHOD + ", " + rule;
    }
}
