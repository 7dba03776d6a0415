package org.implicitdl.zoo.recovery.method;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.Minimum;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.penalty.GroupNorm;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.penalty.Ridge;
import org.implicitdl.train.sparse.ImplicitLoss;
import org.implicitdl.train.sparse.ModelMatrix;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryProblem;
import org.implicitdl.zoo.recovery.RecoveryTrial;

/** The squared loss with the penalty (19), minimized by the proximal gradient method with exact implicit gradients. */
record PenalizedModel() implements RecoveryMethod {
    private static final double WEIGHT = 200;
    private static final double RIDGE = 40;
    private static final ProximalGradient METHOD = new ProximalGradient(200, 1e-4);

    @Override
    public String id() {
        return "proximal";
    }

    @Override
    public String name() {
        return "penalty (19), proximal gradient";
    }

    @Override
    public String settings() {
        return "penalty " + WEIGHT + " on the columns of B above D, ridge " + RIDGE + " on C, " + METHOD.iterations()
                + " steps; support: above the largest ratio of neighbouring column norms";
    }

    @Override
    public Recovery recover(RecoveryTrial trial) {
        int n = RecoveryProblem.STATES;
        int p = RecoveryProblem.INPUTS;
        Penalty penalty = Parts.of(n + 1, n + p)
                .with(0, n, 0, n, L1Ball.ofRows(RecoveryProblem.KAPPA))
                .with(0, n + 1, n, n + p, GroupNorm.ofColumns(WEIGHT))
                .with(n, n + 1, 0, n, new Ridge(RIDGE));
        ImplicitLoss loss = new ImplicitLoss(n, Activations.relu(), trial.train());
        Minimum minimum = METHOD.minimize(loss, penalty, start(n, p, trial.startSeed()));
        ModelMatrix weights = new ModelMatrix(n, minimum.w());
        return Recovery.of(weights, LargestGap.above(weights.inputNorms()));
    }

    private static Matrix start(int n, int p, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Matrix b = normal(n, p, 0.05, random);
        return ModelMatrix.of(Matrix.zeros(n, n), b, normal(1, n, 1, random), Matrix.zeros(1, p))
                .m();
    }

    private static Matrix normal(int rows, int cols, double deviation, RandomGenerator random) {
        return new Matrix(
                rows,
                cols,
                IntStream.range(0, rows * cols)
                        .mapToDouble(i -> deviation * random.nextGaussian())
                        .toArray());
    }
}
