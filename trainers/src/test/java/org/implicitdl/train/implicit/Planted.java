package org.implicitdl.train.implicit;

import java.util.Arrays;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.SoftmaxLink;

/** Problems whose responses a known implicit model gave. */
public final class Planted {
    private Planted() {}

    public static Matrix normal(Random random, int rows, int cols, double scale) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = scale * random.nextGaussian();
        }
        return matrix;
    }

    /** U [p, m] whose last row is of ones. */
    public static Matrix inputs(Random random, int p, int m) {
        Matrix u = normal(random, p, m, 1);
        for (int j = 0; j < m; j++) {
            u.set(p - 1, j, 1);
        }
        return u;
    }

    public static Matrix ones(int m) {
        Matrix ones = Matrix.zeros(1, m);
        Arrays.fill(ones.values(), 1);
        return ones;
    }

    /** Weights with ‖A‖∞ about ½. */
    public static ImplicitWeights weights(Random random, int n, int p, int q, int r) {
        return new ImplicitWeights(
                normal(random, n, n, 0.5 / n),
                normal(random, n, p, 1 / Math.sqrt(p)),
                normal(random, q, n, 1),
                normal(random, q, r, 0.3));
    }

    /** Regression on the outputs of planted weights, or classification by their largest one. */
    public static ImplicitProblem problem(
            Random random, ImplicitWeights planted, FenchelActivation phi, boolean classes, int m) {
        int p = planted.b().cols();
        Matrix u = inputs(random, p, m);
        Matrix v = planted.d().cols() == p ? u : ones(m);
        Matrix x = states(planted, phi, u);
        Matrix s = planted.output(x, v);
        Link loss = classes ? new SoftmaxLink() : new ComponentwiseLink(Activations.identity());
        return new ImplicitProblem(u, v, classes ? largest(s) : s, loss, phi);
    }

    /** The states that solve the rule. */
    public static Matrix states(ImplicitWeights weights, FenchelActivation phi, Matrix u) {
        Matrix known = Lapack.times(weights.b(), u);
        return Equilibria.of(weights.a(), known, phi, Matrix.zeros(known.rows(), known.cols()));
    }

    private static Matrix largest(Matrix s) {
        Matrix y = Matrix.zeros(s.rows(), s.cols());
        for (int j = 0; j < s.cols(); j++) {
            int best = 0;
            for (int i = 1; i < s.rows(); i++) {
                best = s.get(i, j) > s.get(best, j) ? i : best;
            }
            y.set(best, j, 1);
        }
        return y;
    }
}
