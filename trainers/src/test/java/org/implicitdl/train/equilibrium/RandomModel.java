package org.implicitdl.train.equilibrium;

import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;

/** Random weights in the ball, and random data of 3 inputs and 2 outputs, for a loss with or without a direct term. */
record RandomModel(ModelMatrix weights, ImplicitProblem problem) {
    static final int P = 3;
    static final int Q = 2;
    static final int SAMPLES = 7;

    /** The losses that networks have, with a direct term from the last rows of U: from all of them, or from one. */
    enum Kind {
        SQUARED(new ComponentwiseLink(Activations.identity()), P),
        SQUARED_WITHOUT_DIRECT_TERM(new ComponentwiseLink(Activations.identity()), 1),
        SOFTMAX(new SoftmaxLink(), P),
        SOFTMAX_WITHOUT_DIRECT_TERM(new SoftmaxLink(), 1),
        SIGMOID(new ComponentwiseLink(Activations.sigmoid()), 1);

        private final Link loss;
        private final int direct;

        Kind(Link loss, int direct) {
            this.loss = loss;
            this.direct = direct;
        }
    }

    static RandomModel of(Kind kind, FenchelActivation phi, int n, double kappa, long seed) {
        return of(kind, phi, n, kappa, SAMPLES, seed);
    }

    static RandomModel of(Kind kind, FenchelActivation phi, int n, double kappa, int samples, long seed) {
        Random random = new Random(seed);
        ImplicitWeights weights = new ImplicitWeights(
                L1Ball.ofRows(kappa).prox(Randoms.gaussian(n, n, 1, random), 1),
                Randoms.gaussian(n, P, 1, random),
                Randoms.gaussian(Q, n, 1, random),
                Randoms.gaussian(Q, kind.direct, 1, random));
        Matrix u = Randoms.gaussian(P, samples, 1, random);
        Matrix v = u.part(P - kind.direct, P, 0, samples);
        Matrix y = Randoms.gaussian(Q, samples, 1, random);
        boolean isSquared = kind == Kind.SQUARED || kind == Kind.SQUARED_WITHOUT_DIRECT_TERM;
        return new RandomModel(
                ModelMatrix.of(weights),
                new ImplicitProblem(u, v, isSquared ? y : new SoftmaxLink().values(y), kind.loss, phi));
    }

    ImplicitLoss loss() {
        return new ImplicitLoss(weights.states(), problem);
    }

    ImplicitLoss.LossPoint point() {
        return loss().at(weights.m());
    }

    /** The point where one entry of M is another. */
    ImplicitLoss.LossPoint moved(int entry, double by) {
        Matrix m = weights.m().copy();
        m.values()[entry] += by;
        return loss().at(m);
    }

    /** RᵀJ as a matrix [qm, entries of M], row by row. */
    static Matrix dense(PredictionJacobian jacobian, Matrix m, int samples) {
        Matrix dense = Matrix.zeros(Q * samples, m.values().length);
        for (int k = 0; k < dense.rows(); k++) {
            Matrix unit = Matrix.zeros(Q, samples);
            unit.values()[k] = 1;
            dense.write(
                    new Matrix(1, dense.cols(), jacobian.transposeTimes(unit).values()), k, 0);
        }
        return dense;
    }

    @Override
    public String toString() {
        return problem.loss() + ", V of " + problem.v().rows() + " rows, " + problem.phi() + ", " + weights.states()
                + " states";
    }
}
