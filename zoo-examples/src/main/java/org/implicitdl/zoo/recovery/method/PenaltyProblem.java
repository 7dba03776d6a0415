package org.implicitdl.zoo.recovery.method;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.GroupNorm;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.penalty.Ridge;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryProblem;

/** What the methods that minimize (19) have in common: the penalty, the start, and how the support is read off. */
final class PenaltyProblem {
    private static final int N = RecoveryProblem.STATES;
    private static final int P = RecoveryProblem.INPUTS;
    private static final double SMALL = 0.05;

    private PenaltyProblem() {}

    /**
     * (19) with α = 2 on B above D, ‖A‖∞ ≤ κ, and a ridge on C, as one penalty on M = [A B; C D].
     *
     * @param ridge 0 for none
     */
    static Penalty penalty(double weight, double ridge) {
        return Parts.of(N + 1, N + P)
                .with(0, N, 0, N, L1Ball.ofRows(RecoveryProblem.KAPPA))
                .with(0, N + 1, N, N + P, GroupNorm.ofColumns(weight))
                .with(N, N + 1, 0, N, new Ridge(ridge));
    }

    /** A = 0, D = 0, C normal, and a small B. */
    static ModelMatrix start(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Matrix b = normal(N, P, SMALL, random);
        return ModelMatrix.of(Matrix.zeros(N, N), b, normal(1, N, 1, random), Matrix.zeros(1, P));
    }

    /** The column norms, and for support the inputs above their largest gap. */
    static Recovery recovery(ModelMatrix weights) {
        return Recovery.of(weights, LargestGap.above(weights.inputNorms()));
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
