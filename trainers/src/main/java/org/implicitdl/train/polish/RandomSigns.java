package org.implicitdl.train.polish;

import java.util.SplittableRandom;
import org.implicitdl.operator.Matrix;

/**
 * Independent signs ±1 that estimate a diagonal: ε has the covariance I, so that the squares of Jᵀε are the diagonal of JᵀJ
 * in the mean (Hutchinson, 1989).
 */
public final class RandomSigns {
    private RandomSigns() {}

    /** A matrix of the shape of another, with signs as entries; the same for the same seed. */
    public static Matrix like(Matrix shape, long seed) {
        Matrix signs = Matrix.zeros(shape.rows(), shape.cols());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < signs.values().length; i++) {
            signs.values()[i] = random.nextBoolean() ? 1 : -1;
        }
        return signs;
    }
}
