package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Picard iteration x ← φ(Ax + v) of §3.1, or with damping x ← (1 − β)x + βφ(Ax + v). Undamped, it converges linearly if φ(A· + v) contracts, at the rate that a
 * {@link org.implicitdl.wellposed.ContractionCertificate} states, and for strictly triangular A in as many steps as
 * there are levels.
 *
 * <p>It stops for each sample by the {@link StoppingRule} on the true residual, which costs nothing: it is the step.
 */
public final class PicardSolver implements FixedPointSolver {
    private static final PicardSolver DEFAULTS = new PicardSolver(StoppingRule.withDefaults(), 1);

    private final StoppingRule rule;
    private final double damping;

    private PicardSolver(StoppingRule rule, double damping) {
        this.rule = rule;
        this.damping = damping;
    }

    /** The iteration with {@link StoppingRule#withDefaults()}. */
    public static PicardSolver withDefaults() {
        return DEFAULTS;
    }

    /** The iteration with a stopping rule. */
    public static PicardSolver with(StoppingRule rule) {
        return new PicardSolver(rule, 1);
    }

    /**
     * The same iteration with a factor β of the step. Where A is only monotone, or Picard goes round in circles, a small
     * one may converge.
     *
     * @throws IllegalArgumentException unless 0 < β ≤ 1
     */
    public PicardSolver withDamping(double damping) {
        if (!(damping > 0 && damping <= 1)) {
            throw new IllegalArgumentException(
                    "The damping must be above 0 and at most 1, which is no damping, but is " + damping + "; try 0.5.");
        }
        return new PicardSolver(rule, damping);
    }

    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        return BatchIteration.run(
                "Picard",
                problem,
                start,
                rule,
                0,
                (batch, memory) ->
                        damping == 1 ? batch::swap : () -> batch.x().add(damping, batch.residual(), batch.count()));
    }

    @Override
    public String toString() {
        return "Picard" + (damping == 1 ? ", " : " with damping " + damping + ", ") + rule;
    }
}
