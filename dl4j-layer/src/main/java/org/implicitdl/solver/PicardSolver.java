package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Picard iteration x ← φ(Ax + v) of §3.1. It converges linearly if φ(A· + v) contracts, at the rate that a
 * {@link org.implicitdl.wellposed.ContractionCertificate} states, and for strictly triangular A in as many steps as
 * there are levels.
 *
 * <p>It stops for each sample by the {@link StoppingRule} on the true residual, which costs nothing: it is the step.
 */
public final class PicardSolver implements FixedPointSolver {
    private static final PicardSolver DEFAULTS = new PicardSolver(StoppingRule.withDefaults());

    private final StoppingRule rule;

    private PicardSolver(StoppingRule rule) {
        this.rule = rule;
    }

    /** The iteration with {@link StoppingRule#withDefaults()}. */
    public static PicardSolver withDefaults() {
        return DEFAULTS;
    }

    /** The iteration with a stopping rule. */
    public static PicardSolver with(StoppingRule rule) {
        return new PicardSolver(rule);
    }

    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        return BatchIteration.run("Picard", problem, start, rule, (iterate, x, v, image) -> image);
    }

    @Override
    public String toString() {
        return "Picard, " + rule;
    }
}
