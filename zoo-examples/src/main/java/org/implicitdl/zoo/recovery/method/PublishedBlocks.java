package org.implicitdl.zoo.recovery.method;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryTrial;

/**
 * Block coordinate descent on (10) as the paper has it: a few fixed-point iterations for the X-step, the closed form of the
 * P-step with negative entries cut off, proximal gradient steps for the weights, the penalty 5 and nothing that holds C.
 */
record PublishedBlocks() implements RecoveryMethod {
    private static final double WEIGHT = 5;
    private static final double LAMBDA = 1;
    private static final double MU = 1;
    private static final int SWEEPS = 150;
    private static final int FIXED_POINT_STEPS = 5;
    private static final int WEIGHT_STEPS = 5;

    @Override
    public String id() {
        return "bcd-published";
    }

    @Override
    public String name() {
        return "block descent, as published";
    }

    @Override
    public String settings() {
        return SWEEPS + " sweeps, λ = μ = 1, penalty " + WEIGHT + ", " + FIXED_POINT_STEPS
                + " fixed-point iterations for X and " + WEIGHT_STEPS
                + " proximal steps for the weights; support: above the largest ratio of neighbouring column norms";
    }

    @Override
    public Recovery recover(RecoveryTrial trial) {
        TrainingSet data = trial.train();
        ModelMatrix weights = PenaltyProblem.start(trial.startSeed());
        Matrix p = relu(Lapack.times(weights.b(), data.u()));
        Matrix x = p;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            weights = weightStep(weights, data, x, p);
            x = stateStep(weights, data.u(), x, p);
            p = proxyStep(weights, data, x);
        }
        return PenaltyProblem.recovery(weights);
    }

    /** X = P − (λ/μ)Aᵀ(φ(AX + BU) − P), iterated. */
    private static Matrix stateStep(ModelMatrix weights, Matrix u, Matrix start, Matrix p) {
        Matrix x = start;
        for (int k = 0; k < FIXED_POINT_STEPS; k++) {
            Matrix misfit = relu(weighted(weights, x, u)).plus(-1, p);
            x = p.plus(-LAMBDA / MU, Lapack.transposeTimes(weights.a(), misfit));
        }
        return x;
    }

    /** The minimizer of ½‖Y − CP − DU‖² + (λ + μ)/2 ‖P − P₀‖² (15), cut off at 0. */
    private static Matrix proxyStep(ModelMatrix weights, TrainingSet data, Matrix x) {
        Matrix c = weights.c();
        Matrix rest = data.y().plus(-1, Lapack.times(weights.d(), data.u()));
        Matrix right = Lapack.transposeTimes(c, rest).plus(LAMBDA, weighted(weights, x, data.u()));
        right = right.plus(MU, x);
        Matrix hessian = Lapack.transposeTimes(c, c).addToDiagonal(LAMBDA + MU);
        return relu(Lapack.cholesky(hessian).orElseThrow().solve(right));
    }

    /** The gradients (φ(AX + BU) − P)[X; U]ᵀ and (CP + DU − Y)[P; U]ᵀ, in steps that both curvatures allow. */
    private static ModelMatrix weightStep(ModelMatrix start, TrainingSet data, Matrix x, Matrix p) {
        Penalty penalty = PenaltyProblem.penalty(WEIGHT, 0);
        Matrix states = Matrix.above(x, data.u());
        Matrix proxies = Matrix.above(p, data.u());
        double length = 1 / Math.max(LAMBDA * curvature(states), curvature(proxies));
        ModelMatrix weights = start;
        for (int k = 0; k < WEIGHT_STEPS; k++) {
            Matrix misfit = relu(weighted(weights, x, data.u())).plus(-1, p);
            Matrix output = Lapack.times(weights.c(), p).plus(1, Lapack.times(weights.d(), data.u()));
            Matrix rule = Matrix.zeros(x.rows(), states.rows()).plus(LAMBDA, Lapack.timesTranspose(misfit, states));
            Matrix readout = Lapack.timesTranspose(output.plus(-1, data.y()), proxies);
            Matrix moved = weights.m().plus(-length, Matrix.above(rule, readout));
            weights = new ModelMatrix(start.states(), penalty.prox(moved, length));
        }
        return weights;
    }

    private static double curvature(Matrix signals) {
        double[] eigenvalues = Lapack.symmetricEigenvalues(Lapack.gram(signals));
        return eigenvalues[eigenvalues.length - 1];
    }

    private static Matrix weighted(ModelMatrix weights, Matrix x, Matrix u) {
        return Lapack.times(weights.a(), x).plus(1, Lapack.times(weights.b(), u));
    }

    private static Matrix relu(Matrix m) {
        Matrix result = m.copy();
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = Math.max(result.values()[i], 0);
        }
        return result;
    }
}
