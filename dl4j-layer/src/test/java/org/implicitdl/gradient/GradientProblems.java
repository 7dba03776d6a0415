package org.implicitdl.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.activation.Softmax;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.PicardSolver;
import org.implicitdl.solver.Solvers;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.Condition;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Equations of every kind of well-posedness with every kind of activation. */
final class GradientProblems {
    static final int SAMPLES = 3;
    private static final int N = 6;

    private GradientProblems() {}

    /** A matrix with an activation map, and the certificate that is tested with it; none if Picard happens to converge. */
    record Case(String name, LinearOperator a, Activation phi, Optional<Certificate> certificate) {

        FixedPointProblem problem(DataType type) {
            return problem(type, SAMPLES);
        }

        FixedPointProblem problem(DataType type, int samples) {
            Random random = new Random(name.hashCode());
            return new FixedPointProblem(
                    a, Equations.gaussian(random, a.rows(), samples, 1).toArray(type), phi);
        }

        INDArray gradient(DataType type) {
            Random random = new Random(~name.hashCode());
            return Equations.gaussian(random, a.rows(), SAMPLES, 1).toArray(type);
        }

        /** The state, as exactly as double precision allows. */
        INDArray state(FixedPointProblem problem) {
            StoppingRule rule = StoppingRule.withDefaults();
            FixedPointSolver solver = certificate
                    .map(proof -> Solvers.forCertificate(proof, rule))
                    .orElseGet(() -> PicardSolver.with(rule));
            return solver.solve(problem).orElseThrow();
        }

        ImplicitDifferentiation exact() {
            ImplicitDifferentiation method = ImplicitDifferentiation.withDefaults();
            return certificate.map(method::withCertificate).orElse(method);
        }

        @Override
        public String toString() {
            return name + ", " + phi;
        }
    }

    private static Activation named(org.nd4j.linalg.activations.Activation activation) {
        return Activations.of(activation);
    }

    static List<Activation> activations() {
        List<Activation> all = new ArrayList<>(Activations.all());
        all.add(named(org.nd4j.linalg.activations.Activation.SWISH));
        all.add(named(org.nd4j.linalg.activations.Activation.GELU));
        all.add(named(org.nd4j.linalg.activations.Activation.SELU));
        all.add(named(org.nd4j.linalg.activations.Activation.MISH));
        all.add(new Softmax());
        return all;
    }

    /** Every kind of well-posedness that there is for some activations. */
    static List<Case> of(Activation... activations) {
        List<Case> cases = new ArrayList<>();
        for (Activation phi : activations) {
            addCases(cases, phi);
        }
        return cases;
    }

    static List<Case> all() {
        List<Case> cases = of(activations().toArray(new Activation[0]));
        cases.add(certified(
                "blocks of a softmax and others", mixedBlocks(), mixedActivation(), Condition.BLOCK_TRIANGULAR));
        return cases;
    }

    private static void addCases(List<Case> cases, Activation phi) {
        Random random = new Random(17);
        boolean bounded = Double.isFinite(phi.lipschitz());
        double norm = bounded ? 0.8 / phi.lipschitz() : 0;
        Matrix a = Equations.gaussian(random, N, N, 1);
        cases.add(new Case("none", Equations.operator(scaled(a, 0.25)), phi, Optional.empty()));
        if (bounded) {
            LinearOperator inf =
                    Equations.operator(scaled(a, norm / Equations.operator(a).normInf()));
            cases.add(certified("row sums", inf, phi, Condition.NORM_INF));
            cases.add(certified("column sums", inf.transpose(), phi, Condition.NORM_1));
            cases.add(certified("spectral norm", Equations.operator(scaled(a, norm / 5)), phi, Condition.NORM_2));
        }
        if (phi.isComponentwise()) {
            cases.add(certified("triangular", Equations.operator(triangular(random)), phi, Condition.TRIANGULAR));
            if (bounded) {
                addComponentwise(cases, phi, random, norm);
            }
        }
    }

    private static void addComponentwise(List<Case> cases, Activation phi, Random random, double norm) {
        Matrix a = Equations.gaussian(random, N, N, 1);
        Matrix rows = scaled(a, norm / Equations.operator(a).normInf());
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                rows.set(i, j, rows.get(i, j) * Math.exp(i - j));
            }
        }
        cases.add(certified("weighted row sums", Equations.operator(rows), phi, Condition.PERRON_FROBENIUS));
        cases.add(certified("weighted spectral norm", Equations.operator(rows), phi, Condition.LYAPUNOV));
        cases.add(
                certified("components", Equations.operator(components(random, norm)), phi, Condition.BLOCK_TRIANGULAR));
        if (phi instanceof FenchelActivation) {
            cases.add(certified(
                    "monotone", Equations.operator(monotone(random, 1 / phi.lipschitz())), phi, Condition.MONOTONE));
        }
    }

    private static Case certified(String name, LinearOperator a, Activation phi, Condition condition) {
        Certificate certificate = WellPosedness.assess(a, phi)
                .finding(condition)
                .certificate()
                .orElseThrow(() -> new AssertionError(WellPosedness.assess(a, phi)));
        return new Case(name, a, phi, Optional.of(certificate));
    }

    static Matrix scaled(Matrix a, double factor) {
        Matrix scaled = a.copy();
        for (int i = 0; i < a.values().length; i++) {
            scaled.values()[i] *= factor;
        }
        return scaled;
    }

    private static Matrix triangular(Random random) {
        Matrix a = Equations.gaussian(random, N, N, 0.7);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) {
                a.set(i, j, 0);
            }
        }
        return Equations.permute(a, Equations.order(random, N));
    }

    /** Three pairs that depend on themselves and on those before, in a random order. */
    private static Matrix components(Random random, double norm) {
        Matrix a = Equations.gaussian(random, N, N, 0.7);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                if (i / 2 < j / 2) {
                    a.set(i, j, 0);
                } else if (i / 2 == j / 2) {
                    a.set(i, j, (i == j ? -0.4 : 0.5) * norm);
                }
            }
        }
        return Equations.permute(a, Equations.order(random, N));
    }

    /** (½I − FᵀF + G − Gᵀ)·scale, for which Picard diverges. */
    static Matrix monotone(Random random, double scale) {
        Matrix f = Equations.gaussian(random, N, N, 0.5);
        Matrix g = Equations.gaussian(random, N, N, 1);
        Matrix a = Matrix.zeros(N, N);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = i == j ? 0.5 : 0;
                for (int k = 0; k < N; k++) {
                    sum -= f.get(k, i) * f.get(k, j);
                }
                a.set(i, j, scale * (sum + g.get(i, j) - g.get(j, i)));
            }
        }
        return a;
    }

    private static LinearOperator mixedBlocks() {
        Random random = new Random(29);
        return BlockOperator.of(List.of(
                List.of(
                        Equations.operator(Equations.gaussian(random, 3, 3, 0.2)),
                        Equations.operator(Equations.gaussian(random, 3, 2, 1)),
                        Equations.operator(Equations.gaussian(random, 3, 2, 1))),
                List.of(
                        new ZeroOperator(2, 3),
                        Equations.dense(new double[] {1.5, 0.5}, new double[] {-1, 2}),
                        Equations.operator(Equations.gaussian(random, 2, 2, 1))),
                List.of(
                        new ZeroOperator(2, 3),
                        new ZeroOperator(2, 2),
                        Equations.dense(new double[] {0.3, 0.4}, new double[] {-0.2, 0.5}))));
    }

    private static Activation mixedActivation() {
        return BlockActivation.of(
                Partition.of(3, 2, 2), List.of(new Softmax(), Activations.sigmoid(), Activations.tanh()));
    }
}
