package org.implicitdl.train.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlockStepsTest {
    private static final int N = 4;
    private static final int M = 7;

    static Stream<Arguments> activationsAndLosses() {
        return Activations.all().stream().flatMap(phi -> Stream.of(Arguments.of(phi, false), Arguments.of(phi, true)));
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void theProxyFulfilsItsOptimalityConditionsAndNoNeighbourIsLower(FenchelActivation phi, boolean classes) {
        Random random = new Random(11);
        ImplicitWeights weights = Planted.weights(random, N, 3, 3, 3);
        ImplicitProblem problem = Planted.problem(random, weights, phi, classes, M);
        Relaxation relaxation = Relaxation.perState(new double[] {0.05, 0.3, 1, 4}, 0.7);
        ImplicitWeights other = Planted.weights(random, N, 3, 3, 3);
        Matrix x = Planted.states(other, phi, problem.u());
        Matrix z = other.weighted(x, problem.u()).add(1, Planted.normal(random, N, M, 0.5));

        Matrix v = new ProxyStep(problem, other, relaxation, 1e-11).solve(x, z);

        Matrix p = new ComponentwiseLink(phi).values(v);
        Matrix residual = problem.y().plus(-1, problem.loss().values(other.output(p, problem.v())));
        Matrix pull = Lapack.transposeTimes(other.c(), residual);
        for (int j = 0; j < M; j++) {
            for (int i = 0; i < N; i++) {
                double lambda = relaxation.lambda(i);
                assertThat(lambda * (v.get(i, j) - z.get(i, j)) + 0.7 * (p.get(i, j) - x.get(i, j)))
                        .as("state %d of sample %d", i, j)
                        .isCloseTo(pull.get(i, j), within(1e-8));
            }
        }
        double least = proxyObjective(problem, other, relaxation, x, z, v);
        for (int draw = 0; draw < 50; draw++) {
            Matrix near = v.plus(1, Planted.normal(random, N, M, Math.pow(10, -random.nextInt(4))));
            assertThat(proxyObjective(problem, other, relaxation, x, z, near)).isGreaterThan(least - 1e-9);
        }
    }

    private static double proxyObjective(
            ImplicitProblem problem, ImplicitWeights weights, Relaxation relaxation, Matrix x, Matrix z, Matrix v) {
        Matrix p = new ComponentwiseLink(problem.phi()).values(v);
        return problem.loss().loss(problem.y(), weights.output(p, problem.v()))
                + Objective.divergence(problem.phi(), relaxation, v, z)
                + 0.5 * relaxation.mu() * x.squaredDistance(p);
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void freeStatesFulfilTheOptimalityConditionsOfTheRelaxationWithoutAProxy(FenchelActivation phi, boolean classes) {
        Random random = new Random(17);
        ImplicitWeights weights = Planted.weights(random, N, 3, 3, 3);
        ImplicitProblem problem = Planted.problem(random, weights, phi, classes, M);
        Relaxation relaxation = Relaxation.withoutProxy(0.5, 1, 2, 4);
        ImplicitWeights other = Planted.weights(random, N, 3, 3, 3);
        Matrix known = Lapack.times(other.b(), problem.u());
        Matrix start = Planted.states(other, phi, problem.u());

        Matrix v = new FreeStateStep(problem, other, relaxation, 1000, 1e-13).solve(known, start);

        Matrix x = new ComponentwiseLink(phi).values(v);
        Matrix z = other.weighted(x, problem.u());
        Matrix residual = problem.y().plus(-1, problem.loss().values(other.output(x, problem.v())));
        Matrix pull = Lapack.transposeTimes(other.c(), residual);
        Matrix gap = new ComponentwiseLink(phi).values(z).plus(-1, x);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < M; j++) {
                double slope = relaxation.lambda(i) * (v.get(i, j) - z.get(i, j)) - pull.get(i, j);
                for (int k = 0; k < N; k++) {
                    slope += other.a().get(k, i) * relaxation.lambda(k) * gap.get(k, j);
                }
                assertThat(slope).as("state %d of sample %d", i, j).isCloseTo(0, within(1e-6));
            }
        }
    }

    @Test
    void theStepInXConvergesWhereThePublishedIterationDiverges() {
        // One full column: ‖A‖∞ = ½ but ‖A‖₂² = 5, with λ = μ.
        int n = 20;
        Matrix a = Matrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            a.set(i, 0, 0.5);
        }
        Random random = new Random(3);
        Matrix u = Planted.inputs(random, 2, 1);
        ImplicitProblem problem = ImplicitProblem.direct(
                u, Matrix.zeros(1, 1), new ComponentwiseLink(Activations.identity()), Activations.identity());
        Matrix known = Planted.normal(random, n, 1, 1);
        Matrix p = Planted.normal(random, n, 1, 1);
        StateStep step = new StateStep(problem, Relaxation.of(1, 1), 500, 1e-12);

        Matrix x = step.solve(a, a.frobeniusNorm(), known, p, p);

        assertThat(step.gradient(a, known, p, x).maxAbs()).isLessThan(1e-9);
        Matrix picard = p;
        for (int k = 0; k < 30; k++) {
            // X ← P − (λ/μ)Aᵀ(φ(AX + V) − P)
            picard = picard.plus(-1, step.gradient(a, known, p, picard));
        }
        assertThat(picard.plus(-1, x).maxAbs()).isGreaterThan(1e6);
    }

    @ParameterizedTest
    @MethodSource("activationsAndLosses")
    void theGradientInAllWeightsAgreesWithDifferences(FenchelActivation phi, boolean classes) {
        Random random = new Random(5);
        ImplicitWeights weights = Planted.weights(random, N, 3, 2, classes ? 3 : 1);
        ImplicitProblem problem = Planted.problem(random, weights, phi, classes, M);
        Matrix x = Planted.normal(random, N, M, 1);
        Matrix p = new ComponentwiseLink(phi).values(Planted.normal(random, N, M, 1));
        WeightFunction function = new WeightFunction(problem, Relaxation.perState(new double[] {1, 2, 3, 4}, 1), x, p);
        ImplicitWeights at = Planted.weights(random, N, 3, 2, classes ? 3 : 1);
        SmoothFunction.Point point = function.at(ModelMatrix.of(at).m());
        Matrix met = ModelMatrix.of(new ImplicitWeights(filled(at.a()), filled(at.b()), filled(at.c()), filled(at.d())))
                .m();

        for (int i = 0; i < point.w().values().length; i++) {
            if (met.values()[i] == 0) {
                assertThat(point.gradient().values()[i]).isZero();
                continue;
            }
            double h = 1e-5;
            Matrix up = point.w().copy();
            Matrix down = point.w().copy();
            up.values()[i] += h;
            down.values()[i] -= h;
            double slope = (function.at(up).value() - function.at(down).value()) / (2 * h);
            assertThat(point.gradient().values()[i]).as("entry %d", i).isCloseTo(slope, within(2e-4));
        }
    }

    private static Matrix filled(Matrix like) {
        Matrix ones = Matrix.zeros(like.rows(), like.cols());
        Arrays.fill(ones.values(), 1);
        return ones;
    }

    static Stream<Arguments> activationsAndRadii() {
        return Activations.all().stream()
                .flatMap(phi -> Stream.of(5.0, 0.5, 0.2).map(kappa -> Arguments.of(phi, kappa)));
    }

    /** With the ball active and not: by the conditional gradient's gap, which bounds the distance from the minimum. */
    @ParameterizedTest
    @MethodSource("activationsAndRadii")
    void theStepInAAndBComesToTheMinimumInTheBall(FenchelActivation phi, double kappa) {
        Random random = new Random(8);
        int m = 60;
        double ridge = 0.01;
        ImplicitProblem problem = Planted.problem(random, Planted.weights(random, N, 3, 2, 3), phi, false, m);
        // States that are correlated: a metric far from the Euclidean one.
        Matrix x = Lapack.times(Planted.normal(random, N, N, 1), Planted.normal(random, N, m, 1));
        Matrix p = new ComponentwiseLink(phi)
                .values(Lapack.times(Planted.normal(random, N, N, 0.5), x).add(1, Planted.normal(random, N, m, 0.3)));
        Relaxation relaxation = Relaxation.perState(new double[] {0.1, 1, 2, 10}, 1);
        ImplicitWeights start = Planted.weights(random, N, 3, 2, 3);
        ImplicitWeights inBall = start.withRule(L1Ball.ofRows(kappa).prox(start.a(), 1), start.b());

        RuleStep step = new RuleStep(problem, relaxation, L1Ball.ofRows(kappa), ridge, 2000);
        ImplicitWeights found = step.update(inBall, x, Lapack.times(inBall.b(), problem.u()), p, step.factorOfInputs());

        Matrix error = new ComponentwiseLink(phi)
                .values(found.weighted(x, problem.u()))
                .add(-1, p);
        Matrix inA = Lapack.timesTranspose(error, x).add(ridge * m, found.a());
        Matrix inB = Lapack.timesTranspose(error, problem.u()).add(ridge * m, found.b());
        assertThat(inB.maxAbs()).isLessThan(1e-4);
        int binding = 0;
        for (int i = 0; i < N; i++) {
            double inner = 0;
            double steepest = 0;
            double sum = 0;
            for (int j = 0; j < N; j++) {
                inner += inA.get(i, j) * found.a().get(i, j);
                steepest = Math.max(steepest, Math.abs(inA.get(i, j)));
                sum += Math.abs(found.a().get(i, j));
            }
            assertThat(sum).as("row %d", i).isLessThanOrEqualTo(kappa);
            assertThat(inner + kappa * steepest).as("row %d", i).isLessThan(1e-4);
            binding += sum > kappa * (1 - 1e-9) ? 1 : 0;
        }
        assertThat(binding).isBetween(kappa == 5 ? 0 : 1, kappa == 5 ? 0 : N);
    }
}
