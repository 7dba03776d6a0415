package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Anderson's acceleration of the Picard iteration, for each sample on its own (Walker and Ni, Anderson acceleration for
 * fixed-point iterations, 2011). With g(x) = φ(Ax + v), the residual f = g(x) − x, and the differences ΔF and ΔG of the
 * last steps, the next state is g(x) − ΔGγ, where γ minimizes ‖f − ΔFγ‖² + ρ tr(ΔFᵀΔF)‖γ‖².
 *
 * <p>A state whose residual has grown is given up for the Picard step from the best one, and a sample that makes no
 * headway takes more and more Picard steps: it converges where Picard does. It needs memory for 2·depth states of each
 * sample, however many iterations it takes.
 */
public final class AndersonSolver implements FixedPointSolver {
    private static final int DEPTH = 5;

    /** 0 stands for a ridge by data type. */
    private static final double BY_TYPE = 0;

    private final StoppingRule rule;
    private final int depth;
    private final double ridge;

    private AndersonSolver(StoppingRule rule, int depth, double ridge) {
        this.rule = rule;
        this.depth = depth;
        this.ridge = ridge;
    }

    /** The acceleration with {@link StoppingRule#withDefaults()}, of depth 5. */
    public static AndersonSolver withDefaults() {
        return with(StoppingRule.withDefaults());
    }

    /** The acceleration with a stopping rule, of depth 5, with a ridge by data type. */
    public static AndersonSolver with(StoppingRule rule) {
        return new AndersonSolver(rule, DEPTH, BY_TYPE);
    }

    /**
     * The same method with another number of differences that are kept.
     *
     * @throws IllegalArgumentException unless 1 ≤ depth ≤ 50
     */
    public AndersonSolver withDepth(int depth) {
        if (depth < 1 || depth > 50) {
            throw new IllegalArgumentException(
                    "The depth of Anderson's acceleration must be from 1 to 50, but is " + depth + "; try 5.");
        }
        return new AndersonSolver(rule, depth, ridge);
    }

    /**
     * The same method with another ridge ρ, relative to the trace of the Gram matrix.
     *
     * @throws IllegalArgumentException unless 0 < ρ < 1
     */
    public AndersonSolver withRidge(double ridge) {
        if (!(ridge > 0 && ridge < 1)) {
            throw new IllegalArgumentException("The ridge of Anderson's acceleration must lie between 0 and 1, but is "
                    + ridge + "; try 1e-10 in double precision.");
        }
        return new AndersonSolver(rule, depth, ridge);
    }

    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        return BatchIteration.run(
                "Anderson",
                problem,
                start,
                rule,
                2 * depth + 3,
                (batch, memory) -> new AndersonMixing(batch, memory, depth, ridge));
    }

    @Override
    public String toString() {
        return "Anderson of depth " + depth + ", " + rule;
    }
}
