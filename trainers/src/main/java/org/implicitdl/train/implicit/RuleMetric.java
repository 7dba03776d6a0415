package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.penalty.L1Ball;

/**
 * The matrix L·SSᵀ + mρI for S = [X; U], by blocks: the factor of the block K = L·UUᵀ + mρI, the larger one, is made once for
 * a data set, and of the states' block the Schur complement L·XXᵀ + mρI − MK⁻¹Mᵀ with M = L·XUᵀ.
 */
final class RuleMetric {
    private final Lapack.Cholesky ofInputs;
    /** M [n, p]. */
    private final Matrix cross;
    /** K⁻¹Mᵀ [p, n]. */
    private final Matrix solved;

    private final RowProjection projection;
    private final Lapack.Cholesky factorOfComplement;

    RuleMetric(Matrix x, Matrix u, double lipschitz, double ridge, Lapack.Cholesky ofInputs) {
        this.ofInputs = ofInputs;
        this.cross = scaled(Lapack.timesTranspose(x, u), lipschitz);
        this.solved = ofInputs.solve(cross.transpose());
        Of states = new Of(x, lipschitz, ridge);
        Matrix complement = states.matrix().add(-1, Lapack.times(cross, solved));
        this.factorOfComplement = states.factorOf(complement);
        this.projection = RowProjection.inMetric(complement);
    }

    /** The columns of G(L·SSᵀ + mρI)⁻¹ that belong to A, for G = [G_A G_B]. */
    Matrix directionOfA(Matrix inA, Matrix inB) {
        Matrix reduced = inA.plus(-1, Lapack.times(inB, solved));
        return factorOfComplement.solve(reduced.transpose()).transpose();
    }

    /** The nearest point of the ball to A in the metric of the Schur complement, from one that is in it. */
    Matrix projected(Matrix a, Matrix start, L1Ball ball) {
        return projection.of(a, start, ball);
    }

    /** −(tG_B + ΔA·M)K⁻¹, the change of B that minimizes the quadratic for a given one of A. */
    Matrix changeOfB(Matrix inB, double length, Matrix changeOfA) {
        Matrix pull = Lapack.times(changeOfA, cross).add(length, inB);
        return scaled(ofInputs.solve(pull.transpose()).transpose(), -1);
    }

    private static Matrix scaled(Matrix matrix, double factor) {
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] *= factor;
        }
        return matrix;
    }

    /** L·DDᵀ + mρI for a design D. */
    record Of(Matrix design, double lipschitz, double ridge) {

        Lapack.Cholesky factor() {
            return factorOf(matrix());
        }

        Matrix matrix() {
            return scaled(Lapack.gram(design), lipschitz).addToDiagonal(ridge * design.cols());
        }

        /** The factor of a positive semidefinite matrix that rounding may have made indefinite. */
        Lapack.Cholesky factorOf(Matrix gram) {
            return Lapack.cholesky(gram.addToDiagonal(1e-12 * gram.maxAbs() + Double.MIN_NORMAL))
                    .orElseThrow(() -> new BlockStepException(
                            "The Gram matrix of the inputs or of the states could not be factored; scale the features,"
                                    + " or raise the ridge."));
        }
    }
}
