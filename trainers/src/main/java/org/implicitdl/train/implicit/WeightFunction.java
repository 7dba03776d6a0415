package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.SmoothFunction;

/**
 * The part of the relaxed problem (11) that is smooth in all weights M = [A B; C D], for given X and P:
 *
 * <p>L(Y, CP + DV) + ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ), less what does not depend on them; jointly convex. Columns of D beyond those
 * that meet V are zero.
 */
record WeightFunction(ImplicitProblem problem, Relaxation relaxation, Matrix x, Matrix p) implements SmoothFunction {

    /** The weights that M holds. */
    ImplicitWeights divided(Matrix m) {
        return new ModelMatrix(x.rows(), m).weights(problem.v().rows());
    }

    @Override
    public Point at(Matrix m) {
        return new Here(m);
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
            return problem.loss().loss(problem.y(), s) + Objective.divergenceIn(problem.phi(), relaxation, p, z);
        }

        @Override
        public Matrix gradient() {
            Matrix inRule = Objective.slope(problem.phi(), relaxation, p, z);
            Matrix inOutput = problem.loss().values(s).add(-1, problem.y());
            return ModelMatrix.of(new ImplicitWeights(
                            Lapack.timesTranspose(inRule, x),
                            Lapack.timesTranspose(inRule, problem.u()),
                            Lapack.timesTranspose(inOutput, p),
                            Lapack.timesTranspose(inOutput, problem.v())))
                    .m();
        }

        @Override
        public Point at(Matrix other) {
            return new Here(other);
        }
    }
}
