package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.activation.Softmax;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What Anderson and Newton are for: few evaluations where Picard takes many, or does not converge. */
class AccelerationTest {
    private static final StoppingRule RULE =
            StoppingRule.withDefaults().withTolerance(1e-6).withIterationLimit(5000);

    private static FixedPointProblem problem(Matrix a, int samples, DataType type, FenchelActivation phi) {
        Matrix v = Equations.gaussian(new Random(29), a.rows(), samples, 3);
        return new FixedPointProblem(DenseOperator.copyOf(a.toArray(type)), v.toArray(type), phi);
    }

    /** A nonnegative matrix with entries in the given share of its places, and row sums between two bounds. */
    private static Matrix nonnegative(long seed, int n, double share, double least, double largest) {
        Random random = new Random(seed);
        Matrix a = Matrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double entry = random.nextDouble() < share || j == (i + 1) % n ? random.nextDouble() : 0;
                a.set(i, j, entry);
                sum += entry;
            }
            double factor = (least + (largest - least) * random.nextDouble()) / sum;
            for (int j = 0; j < n; j++) {
                a.set(i, j, factor * a.get(i, j));
            }
        }
        return a;
    }

    /** A = (1 − m)I − FᵀF + G − Gᵀ, far from any contraction. */
    private static Matrix monotone(long seed, int n, double margin) {
        Random random = new Random(seed);
        Matrix f = Equations.gaussian(random, n, n, 1.5 / Math.sqrt(n));
        Matrix g = Equations.gaussian(random, n, n, 1.5 / Math.sqrt(n));
        Matrix a = Lapack.transposeTimes(f, f);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, (i == j ? 1 - margin : 0) - a.get(i, j) + g.get(i, j) - g.get(j, i));
            }
        }
        return a;
    }

    private static int total(FixedPointSolver solver, FixedPointProblem problem) {
        Solution solution = solver.solve(problem);
        solution.orElseThrow();
        return Arrays.stream(solution.report().iterations()).sum();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void andersonTakesAtMostHalfOfPicardsEvaluationsOnSlowContractions(DataType type) {
        for (FenchelActivation phi : List.of(Activations.relu(), Activations.leakyRelu(0.9), Activations.identity())) {
            for (Matrix a : List.of(
                    nonnegative(1, 80, 1, 0.9, 0.99),
                    nonnegative(2, 80, 1, 0.97, 0.97),
                    nonnegative(3, 80, 0.03, 0.95, 0.95),
                    nonnegative(4, 80, 0.03, 0.99, 0.99))) {
                FixedPointProblem problem = problem(a, 6, type, phi);
                int picard = total(PicardSolver.with(RULE), problem);
                assertThat(total(AndersonSolver.with(RULE), problem))
                        .as("%s, Picard takes %d", phi, picard)
                        .isLessThanOrEqualTo(picard / 2);
            }
        }
    }

    @Test
    void theDepthIsHowManyStepsAreCombined() {
        // A linear equation in four unknowns is solved by the combination of five states.
        Matrix a = nonnegative(5, 4, 1, 0.99, 0.99);
        FixedPointProblem problem = problem(a, 3, DataType.DOUBLE, Activations.identity());
        AndersonSolver solver = AndersonSolver.withDefaults();
        assertThat(solver.withDepth(4).solve(problem).report().maxIterations()).isLessThanOrEqualTo(7);
        assertThat(solver.withDepth(1).solve(problem).report().maxIterations()).isGreaterThan(7);
        assertThat(solver.withDepth(4).withRidge(0.9).solve(problem).report().maxIterations())
                .as("a large ridge is Picard's step, nearly")
                .isGreaterThan(20);
    }

    static Stream<FenchelActivation> maps() {
        return Activations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void newtonTakesAtMostTenEvaluationsWherePicardDiverges(FenchelActivation phi) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (int n : new int[] {5, 40}) {
                FixedPointProblem problem = problem(monotone(n, n, 0.5), 6, type, phi);
                Solution newton = NewtonSolver.with(RULE).solve(problem);
                assertThat(newton.report().converged()).isTrue();
                assertThat(newton.report().maxIterations()).isLessThanOrEqualTo(10);
                assertThat(PicardSolver.with(RULE.withIterationLimit(300))
                                .solve(problem)
                                .report()
                                .failures())
                        .as("samples that Picard does not solve")
                        .isPositive();
            }
        }
    }

    @Test
    void newtonSolvesLargeSystemsByProductsOnly() {
        int n = NewtonStep.LARGEST_FACTORIZATION + 1;
        double[] diagonal = new double[n];
        Arrays.fill(diagonal, -5);
        LinearOperator a = DiagonalOperator.copyOf(Nd4j.createFromArray(diagonal));
        Matrix v = Equations.gaussian(new Random(3), n, 2, 3);
        Solution solution = NewtonSolver.withDefaults()
                .solve(new FixedPointProblem(a, v.toArray(DataType.DOUBLE), Activations.tanh()));
        assertThat(solution.report().converged()).isTrue();
        assertThat(solution.report().maxIterations()).isLessThanOrEqualTo(10);
    }

    @Test
    void newtonGivesUpOnAnEquationWithoutASolution() {
        // x = max(0, 2x + 1).
        FixedPointProblem problem = new FixedPointProblem(
                Equations.dense(new double[] {2}), Nd4j.ones(DataType.DOUBLE, 1, 1), Activations.relu());
        SolverReport report = NewtonSolver.withDefaults().solve(problem).report();
        assertThat(report.statuses()).containsExactly(SolverStatus.ITERATION_LIMIT);
        assertThat(report.maxIterations()).isLessThan(30);
    }

    @Test
    void newtonSaysThatRoundingIsInTheWay() {
        FixedPointProblem problem = problem(monotone(7, 20, 0.5), 2, DataType.FLOAT, Activations.tanh());
        SolverReport report =
                NewtonSolver.with(RULE.withTolerance(1e-12)).solve(problem).report();
        assertThat(report.statuses()).containsOnly(SolverStatus.INEXACT);
        assertThat(report.worstResidual()).isLessThan(1e-5);
        assertThat(report.maxIterations()).isLessThan(30);
    }

    @Test
    void newtonSolvesMapsThatMixComponents() {
        LinearOperator a = Equations.operator(Equations.gaussian(new Random(8), 5, 5, 2));
        Matrix v = Equations.gaussian(new Random(9), 5, 4, 1);
        FixedPointProblem problem = new FixedPointProblem(a, v.toArray(DataType.DOUBLE), new Softmax());
        Solution solution = NewtonSolver.withDefaults().solve(problem);
        assertThat(solution.report().converged()).isTrue();
        assertThat(solution.report().maxIterations())
                .as("quadratic convergence")
                .isLessThanOrEqualTo(10);
    }

    @Test
    void adjointEquationsOfMonotoneMatricesAreSolvedBySplittingAndByNewton() {
        int n = 12;
        Matrix a = monotone(13, n, 0.5);
        Matrix d = Matrix.zeros(n, 5);
        Random random = new Random(14);
        for (int i = 0; i < d.values().length; i++) {
            d.values()[i] = i % 3 == 0 ? 0 : random.nextDouble();
        }
        DenseOperator at = DenseOperator.copyOf(a.transpose().toArray(DataType.DOUBLE));
        DiagonalActivation phi = DiagonalActivation.viewOf(d.toArray(DataType.DOUBLE), 1);
        Matrix g = Equations.gaussian(random, n, 5, 1);
        FixedPointProblem problem = new FixedPointProblem(at, g.toArray(DataType.DOUBLE), phi);
        MonotoneCertificate certificate = (MonotoneCertificate) WellPosedness.certify(at, phi);
        Solution splitting = PeacemanRachfordSolver.of(certificate, StoppingRule.withDefaults())
                .solve(problem);
        Solution newton = NewtonSolver.withDefaults().solve(problem);
        assertThat(newton.report().maxIterations()).as("the equation is linear").isLessThanOrEqualTo(2);
        assertThat(splitting
                        .orElseThrow()
                        .sub(newton.orElseThrow())
                        .norm2Number()
                        .doubleValue())
                .isLessThan(1e-9);
    }

    @Test
    void dampingStopsACircle() {
        LinearOperator a = Equations.dense(new double[] {0, 1}, new double[] {-1, 0});
        FixedPointProblem problem =
                new FixedPointProblem(a, Nd4j.createFromArray(new double[][] {{1}, {1}}), Activations.identity());
        PicardSolver plain = PicardSolver.with(StoppingRule.withDefaults().withIterationLimit(200));
        assertThat(plain.solve(problem).report().converged()).isFalse();
        Solution damped = plain.withDamping(0.5).solve(problem);
        assertThat(damped.report().converged()).isTrue();
        assertThat(damped.state().getDouble(0, 0)).isCloseTo(1, within(1e-11));
        assertThat(damped.state().getDouble(1, 0)).isCloseTo(0, within(1e-11));
        assertThat(damped.report().maxIterations())
                .as("log(1e-12)/log(√½) = 80")
                .isBetween(70, 90);
    }

    @Test
    void badOptionsAreRefused() {
        for (double bad : new double[] {0, -0.5, 1.5, Double.NaN}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> PicardSolver.withDefaults().withDamping(bad))
                    .withMessageContaining("damping");
        }
        for (double bad : new double[] {0, 1, -1, Double.NaN}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> AndersonSolver.withDefaults().withRidge(bad))
                    .withMessageContaining("ridge");
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> AndersonSolver.withDefaults().withDepth(0))
                .withMessageContaining("depth");
    }
}
