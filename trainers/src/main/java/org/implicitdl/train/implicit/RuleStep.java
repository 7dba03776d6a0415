package org.implicitdl.train.implicit;

import java.util.List;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.penalty.L1Ball;

/**
 * The step (13) in A and B for middle and large sizes: descent on
 *
 * <p>∑ᵢ λᵢ(f_φ(Pᵢ, (AX + BU)ᵢ) + ½mρ(‖Aᵢ‖² + ‖Bᵢ‖²)) by
 *
 * <p>Θ ← Θ − t G(L·SSᵀ + mρI)⁻¹, Θ = [A B], S = [X; U], G = (φ(ΘS) − P)Sᵀ + mρΘ,
 *
 * <p>where L is the Lipschitz constant of φ: t = 1 minimizes a quadratic that lies above the objective. Rows of A that leave the
 * ball are projected onto it in the metric of that quadratic, with B eliminated; so the step minimizes it under the
 * constraint, which a Euclidean projection would not. t is halved until the objective does not rise, which only rounding
 * makes necessary. Rows decouple, so that the weights λᵢ of (11) count only there.
 *
 * @param relaxation for λ
 * @param ball the constraint of the rows of A
 * @param ridge ρ
 * @param steps how many
 */
record RuleStep(ImplicitProblem problem, Relaxation relaxation, L1Ball ball, double ridge, int steps) {
    private static final int MAX_HALVINGS = 12;

    /** The factor of L·UUᵀ + mρI, which serves every step on the same data. */
    Lapack.Cholesky factorOfInputs() {
        return new RuleMetric.Of(problem.u(), problem.phi().lipschitz(), ridge).factor();
    }

    /**
     * A and B, never to a higher objective.
     *
     * @param known BU [n, m] for the given weights
     */
    ImplicitWeights update(ImplicitWeights start, Matrix x, Matrix known, Matrix p, Lapack.Cholesky factorOfInputs) {
        RuleMetric metric = new RuleMetric(x, problem.u(), problem.phi().lipschitz(), ridge, factorOfInputs);
        ComponentwiseLink link = new ComponentwiseLink(problem.phi());
        double weightOfRidge = ridge * problem.samples();
        ImplicitWeights weights = start;
        Matrix z = Lapack.times(start.a(), x).add(1, known);
        double value = value(weights, z, p);
        double length = 1;
        for (int step = 0; step < steps; step++) {
            Matrix error = link.values(z).add(-1, p);
            Matrix inA = Lapack.timesTranspose(error, x).add(weightOfRidge, weights.a());
            Matrix inB = Lapack.timesTranspose(error, problem.u()).add(weightOfRidge, weights.b());
            Matrix towardsA = metric.directionOfA(inA, inB);
            boolean moved = false;
            for (int halving = 0; halving < MAX_HALVINGS && !moved; halving++) {
                Matrix a = metric.projected(weights.a().plus(-length, towardsA), weights.a(), ball);
                Matrix changeOfA = a.plus(-1, weights.a());
                Matrix changeOfB = metric.changeOfB(inB, length, changeOfA);
                Matrix next = z.plus(1, Lapack.times(changeOfA, x));
                next.add(1, Lapack.times(changeOfB, problem.u()));
                ImplicitWeights trial = weights.withRule(a, changeOfB.add(1, weights.b()));
                double there = value(trial, next, p);
                moved = there <= value;
                if (moved) {
                    weights = trial;
                    z = next;
                    value = there;
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

    /** The objective, less ∑ λᵢφ*(Pᵢ). */
    private double value(ImplicitWeights weights, Matrix z, Matrix p) {
        return Objective.divergenceIn(problem.phi(), relaxation, p, z)
                + 0.5 * ridge * problem.samples() * weightedSquares(relaxation, weights);
    }

    /** ∑ᵢ λᵢ(‖Aᵢ‖² + ‖Bᵢ‖²): the ridge of a row is relative to its part of the divergence. */
    static double weightedSquares(Relaxation relaxation, ImplicitWeights weights) {
        double sum = 0;
        int n = weights.states();
        for (Matrix matrix : List.of(weights.a(), weights.b())) {
            for (int i = 0; i < matrix.values().length; i++) {
                sum += relaxation.lambda(i % n) * matrix.values()[i] * matrix.values()[i];
            }
        }
        return sum;
    }
}
