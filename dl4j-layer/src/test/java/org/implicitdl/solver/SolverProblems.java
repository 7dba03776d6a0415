package org.implicitdl.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.Phi;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Well-posed equations of every kind, with slow references for their solutions. */
final class SolverProblems {
    private SolverProblems() {}

    /** A matrix with an activation map for which it is certified. */
    record Case(String name, LinearOperator a, Activation phi) {
        FixedPointProblem problem(DataType type, int samples) {
            Random random = new Random(name.hashCode());
            Matrix v = Matrix.zeros(a.rows(), samples);
            for (int j = 0; j < samples; j++) {
                // Easy and hard samples side by side.
                double scale = j % 3 == 0 ? 1 : j % 3 == 1 ? 1e-3 : 30;
                for (int i = 0; i < a.rows(); i++) {
                    v.set(i, j, scale * random.nextGaussian());
                }
            }
            return new FixedPointProblem(a, v.toArray(type), phi);
        }

        @Override
        public String toString() {
            return name + ", " + phi;
        }
    }

    static List<Case> all() {
        List<FenchelActivation> maps =
                List.of(Phi.relu(), Phi.leakyRelu(0.1), Phi.tanh(), Phi.sigmoid(), Phi.identity());
        List<Case> cases = new ArrayList<>();
        for (FenchelActivation phi : maps) {
            Random random = new Random(17);
            cases.add(new Case("contraction", Equations.operator(scaled(random, 9, 0.9)), phi));
            cases.add(new Case("triangular", Equations.operator(triangular(random, 12)), phi));
            cases.add(new Case(
                    "permuted triangular",
                    Equations.operator(Equations.permute(triangular(random, 12), Equations.order(random, 12))),
                    phi));
            cases.add(new Case("rank one", rankOne(), phi));
            cases.add(new Case("diagonal", DiagonalOperator.copyOf(Nd4j.createFromArray(-5.0, 0.7, 0, -0.1)), phi));
            cases.add(new Case("zero", new ZeroOperator(4, 4), phi));
            cases.add(new Case("blocks", blocks(random), phi));
            cases.add(new Case("scattered components", Equations.operator(scattered(random)), phi));
            cases.add(new Case("monotone", Equations.dense(new double[] {0.5, -2}, new double[] {2, -3}), phi));
        }
        cases.add(new Case(
                "not nondecreasing", Equations.dense(new double[] {0.5, 3}, new double[] {0, -0.8}), Phi.absolute()));
        cases.add(new Case(
                "softmax and cube",
                feedforward(),
                Phi.blocks(Partition.of(3, 2, 2), Phi.softmax(), Phi.cube(), Phi.tanh())));
        cases.add(new Case(
                "different maps, scattered",
                Equations.operator(scattered(new Random(3))),
                Phi.blocks(Partition.of(4, 1, 3), Phi.relu(), Phi.tanh(), Phi.sigmoid())));
        return cases;
    }

    private static Matrix scaled(Random random, int n, double norm) {
        Matrix a = Equations.gaussian(random, n, n, 1);
        double factor = norm / Equations.operator(a).normInf();
        for (int i = 0; i < n * n; i++) {
            a.values()[i] *= factor;
        }
        return a;
    }

    private static Matrix triangular(Random random, int n) {
        Matrix a = Equations.gaussian(random, n, n, 0.5);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a.set(i, j, j < i || i % 3 == 0 ? 0 : i % 3 == 1 ? 0.6 : -4);
            }
        }
        return a;
    }

    private static LinearOperator rankOne() {
        return Equations.dense(new double[] {0.4, -40}, new double[] {-0.004, 0.4});
    }

    private static LinearOperator blocks(Random random) {
        return BlockOperator.of(List.of(
                List.of(
                        Equations.operator(scaled(random, 3, 0.8)),
                        Equations.operator(Equations.gaussian(random, 3, 2, 1)),
                        Equations.operator(Equations.gaussian(random, 3, 4, 1))),
                List.of(new ZeroOperator(2, 3), new ZeroOperator(2, 2), new ZeroOperator(2, 4)),
                List.of(
                        new ZeroOperator(4, 3),
                        Equations.operator(Equations.gaussian(random, 4, 2, 1)),
                        Equations.operator(scaled(random, 4, 0.6)))));
    }

    private static LinearOperator feedforward() {
        Random random = new Random(23);
        return BlockOperator.of(List.of(
                List.of(
                        new ZeroOperator(3, 3),
                        Equations.operator(Equations.gaussian(random, 3, 2, 1)),
                        new ZeroOperator(3, 2)),
                List.of(
                        new ZeroOperator(2, 3),
                        new ZeroOperator(2, 2),
                        Equations.operator(Equations.gaussian(random, 2, 2, 1))),
                List.of(new ZeroOperator(2, 3), new ZeroOperator(2, 2), new ZeroOperator(2, 2))));
    }

    /** Two cycles of three and single states in between, in a random order. */
    private static Matrix scattered(Random random) {
        Matrix a = Matrix.zeros(8, 8);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                boolean sameCycle = i / 3 == j / 3 && i < 6;
                if (sameCycle) {
                    a.set(i, j, 0.3 * random.nextDouble());
                } else if (i / 3 < j / 3) {
                    a.set(i, j, random.nextGaussian());
                }
            }
        }
        return Equations.permute(a, Equations.order(random, 8));
    }

    /** The solution of one sample by a damped iteration in double precision, slow and simple; empty if it fails. */
    static Optional<double[]> damped(FixedPointProblem problem, int sample) {
        Matrix a = Matrix.copyOf(problem.a().toDense(DataType.DOUBLE));
        Matrix v = Matrix.copyOf(problem.input());
        int n = a.rows();
        double[] x = new double[n];
        double damping = 0.1;
        for (int k = 0; k < 200_000; k++) {
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                z[i] = v.get(i, sample);
                for (int j = 0; j < n; j++) {
                    z[i] += a.get(i, j) * x[j];
                }
            }
            double[] image = problem.phi()
                    .apply(new Matrix(n, 1, z).toArray(DataType.DOUBLE))
                    .reshape(n)
                    .toDoubleVector();
            double distance = 0;
            double size = 1;
            for (int i = 0; i < n; i++) {
                distance = Math.max(distance, Math.abs(image[i] - x[i]));
                size = Math.max(size, Math.abs(x[i]));
                x[i] += damping * (image[i] - x[i]);
            }
            if (distance < 1e-12 * size) {
                return Optional.of(x);
            }
        }
        return Optional.empty();
    }
}
