package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.penalty.Penalty;

/**
 * The step (13) in A and B for middle and large sizes: descent on ∑ᵢ f_φ(Pᵢ, (AX + BU)ᵢ) + ½ρ(‖A‖² + ‖B‖²) by
 *
 * <p>A ← Π(A − ½t G_A(L·XXᵀ + ρI)⁻¹), B ← B − ½t G_B(L·UUᵀ + ρI)⁻¹
 *
 * <p>with the gradients G_A = (φ(Z) − P)Xᵀ and G_B = (φ(Z) − P)Uᵀ, the Lipschitz constant L of φ and the projection Π onto
 * the constraint of A. Since [X; U][X; U]ᵀ ⪯ 2 diag(XXᵀ, UUᵀ), t = 1 descends where Π is at rest; it is halved until the
 * step does not raise the objective. Rows decouple, so that the weights λᵢ of (11) play no part; the factor of U, the larger
 * one, is made once for a data set.
 *
 * @param ball the constraint of A
 * @param ridge ρ, over the samples: the matrices above take mρ
 * @param steps how many
 */
record RuleStep(ImplicitProblem problem, Penalty ball, double ridge, int steps) {
    private static final int MAX_HALVINGS = 12;

    /** The factor of L·UUᵀ + mρI, which serves every step on the same data. */
    Lapack.Cholesky factorOfInputs() {
        return factor(problem.u());
    }

    /**
     * A and B, never to a higher objective.
     *
     * @param known BU [n, m] for the given weights
     */
    ImplicitWeights update(ImplicitWeights start, Matrix x, Matrix known, Matrix p, Lapack.Cholesky factorOfInputs) {
        Lapack.Cholesky factorOfStates = factor(x);
        ImplicitWeights weights = start;
        Matrix z = Columns.plus(Lapack.times(start.a(), x), known);
        double value = value(weights, z, p);
        double length = 1;
        for (int step = 0; step < steps; step++) {
            Matrix error = Columns.plus(Columns.values(new ComponentwiseLink(problem.phi()), z), -1, p);
            Matrix towardsA = direction(error, x, weights.a(), factorOfStates);
            Matrix towardsB = direction(error, problem.u(), weights.b(), factorOfInputs);
            // Z is linear in B: one product serves all lengths.
            Matrix change = Lapack.times(towardsB, problem.u());
            boolean moved = false;
            for (int halving = 0; halving < MAX_HALVINGS && !moved; halving++) {
                Matrix a = ball.prox(Columns.plus(weights.a().copy(), -length, towardsA), 1);
                Matrix b = Columns.plus(weights.b().copy(), -length, towardsB);
                Matrix next = Columns.plus(z.copy(), -length, change);
                Columns.plus(next, Lapack.times(Columns.difference(a, weights.a()), x));
                ImplicitWeights trial = weights.withRule(a, b);
                double there = value(trial, next, p);
                if (there <= value) {
                    weights = trial;
                    z = next;
                    value = there;
                    moved = true;
                } else {
                    length /= 2;
                }
            }
            if (!moved) {
                break;
            }
        }
        return weights;
    }

    private Matrix direction(Matrix error, Matrix design, Matrix weights, Lapack.Cholesky factor) {
        Matrix gradient = Columns.plus(Lapack.timesTranspose(error, design), ridge * problem.samples(), weights);
        Matrix direction = factor.solve(gradient.transpose()).transpose();
        for (int i = 0; i < direction.values().length; i++) {
            direction.values()[i] *= 0.5;
        }
        return direction;
    }

    /** The objective, less ∑ φ*(P). */
    private double value(ImplicitWeights weights, Matrix z, Matrix p) {
        double sum =
                0.5 * ridge * problem.samples() * (Columns.squaredNorm(weights.a()) + Columns.squaredNorm(weights.b()));
        for (int i = 0; i < z.values().length; i++) {
            sum += problem.phi().potential(z.values()[i]) - p.values()[i] * z.values()[i];
        }
        return sum;
    }

    private Lapack.Cholesky factor(Matrix design) {
        Matrix gram = Lapack.gram(design);
        double bound = problem.phi().lipschitz();
        double largest = 0;
        for (int i = 0; i < gram.values().length; i++) {
            gram.values()[i] *= bound;
            largest = Math.max(largest, gram.values()[i]);
        }
        // Components that are always the same, such as the corners of images, leave the matrix singular.
        double shift = ridge * problem.samples() + 1e-12 * largest + Double.MIN_NORMAL;
        for (int i = 0; i < gram.rows(); i++) {
            gram.values()[i * (gram.rows() + 1)] += shift;
        }
        return Lapack.cholesky(gram)
                .orElseThrow(() -> new BlockStepException(
                        "The Gram matrix of the inputs or states could not be factored; scale the features, or raise the"
                                + " ridge."));
    }
}
