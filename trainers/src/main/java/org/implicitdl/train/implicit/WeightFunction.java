package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.feedforward.ComponentwiseLink;

/**
 * The part of the relaxed problem (11) that is smooth in all weights M = [A B; C D], for given X and P:
 *
 * <p>L(Y, CP + DV) + ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ), less what does not depend on them; jointly convex. Columns of D beyond those
 * that meet V are zero.
 */
record WeightFunction(ImplicitProblem problem, Relaxation relaxation, Matrix x, Matrix p) implements SmoothFunction {

    /** M = [A B; C D]. */
    static Matrix joined(ImplicitWeights weights) {
        int n = weights.states();
        Matrix m = Matrix.zeros(n + weights.c().rows(), n + weights.b().cols());
        write(weights.a(), m, 0, 0);
        write(weights.b(), m, 0, n);
        write(weights.c(), m, n, 0);
        write(weights.d(), m, n, m.cols() - weights.d().cols());
        return m;
    }

    /** The weights that M holds. */
    ImplicitWeights divided(Matrix m) {
        int n = x.rows();
        int q = m.rows() - n;
        int r = problem.v().rows();
        return new ImplicitWeights(
                part(m, 0, n, 0, n),
                part(m, 0, n, n, m.cols()),
                part(m, n, n + q, 0, n),
                part(m, n, n + q, m.cols() - r, m.cols()));
    }

    @Override
    public Point at(Matrix m) {
        return new Here(m);
    }

    private static void write(Matrix part, Matrix m, int row, int col) {
        for (int j = 0; j < part.cols(); j++) {
            System.arraycopy(part.values(), j * part.rows(), m.values(), row + (col + j) * m.rows(), part.rows());
        }
    }

    private static Matrix part(Matrix m, int fromRow, int toRow, int fromCol, int toCol) {
        Matrix part = Matrix.zeros(toRow - fromRow, toCol - fromCol);
        for (int j = 0; j < part.cols(); j++) {
            System.arraycopy(
                    m.values(), fromRow + (fromCol + j) * m.rows(), part.values(), j * part.rows(), part.rows());
        }
        return part;
    }

    private final class Here implements Point {
        private final Matrix m;
        private final Matrix z;
        private final Matrix s;

        Here(Matrix m) {
            this.m = m;
            ImplicitWeights weights = divided(m);
            this.z = weights.weighted(x, problem.u());
            this.s = weights.output(p, problem.v());
        }

        @Override
        public Matrix w() {
            return m;
        }

        @Override
        public double value() {
            double sum = Objective.loss(problem.loss(), problem.y(), s);
            for (int i = 0; i < z.values().length; i++) {
                double zi = z.values()[i];
                sum += relaxation.lambda(i % x.rows()) * (problem.phi().potential(zi) - p.values()[i] * zi);
            }
            return sum;
        }

        @Override
        public Matrix gradient() {
            Matrix inRule = Columns.plus(Columns.values(new ComponentwiseLink(problem.phi()), z), -1, p);
            for (int i = 0; i < inRule.values().length; i++) {
                inRule.values()[i] *= relaxation.lambda(i % x.rows());
            }
            Matrix inOutput = Columns.plus(Columns.values(problem.loss(), s), -1, problem.y());
            return joined(new ImplicitWeights(
                    Lapack.timesTranspose(inRule, x),
                    Lapack.timesTranspose(inRule, problem.u()),
                    Lapack.timesTranspose(inOutput, p),
                    Lapack.timesTranspose(inOutput, problem.v())));
        }

        @Override
        public Point at(Matrix other) {
            return new Here(other);
        }
    }
}
