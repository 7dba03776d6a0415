package org.implicitdl.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Lu;
import org.implicitdl.operator.Matrix;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.wellposed.Equations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The exact gradient, against finite differences of the state and against dense linear algebra. */
class ImplicitDifferentiationTest {
    private static final List<GradientProblems.Case> CASES = GradientProblems.all();

    static List<GradientProblems.Case> cases() {
        return CASES;
    }

    /** ½‖x − y‖² of each sample, whose derivative in x is x − y. */
    private static double[] losses(INDArray x, INDArray y) {
        INDArray difference = x.sub(y);
        return difference.mul(difference).sum(0).muli(0.5).toDoubleVector();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theGradientIsThatOfFiniteDifferences(GradientProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE);
        INDArray x = each.state(problem);
        INDArray y = each.gradient(DataType.DOUBLE);
        INDArray s = each.exact().solve(Linearization.at(problem, x), x.sub(y)).orElseThrow();
        Random random = new Random(8);
        INDArray da = pattern(problem.a(), random);
        INDArray dv = Equations.gaussian(random, problem.states(), problem.samples(), 1)
                .toArray(DataType.DOUBLE);
        double h = 1e-6;
        double[] up = losses(each.state(moved(problem, da, dv, h)), y);
        double[] down = losses(each.state(moved(problem, da, dv, -h)), y);
        double[] expected = s.mul(da.mmul(x).addi(dv)).sum(0).toDoubleVector();
        for (int j = 0; j < expected.length; j++) {
            double difference = (up[j] - down[j]) / (2 * h);
            assertThat(expected[j]).as("sample %d", j).isCloseTo(difference, within(2e-8 * (1 + Math.abs(difference))));
        }
    }

    /** A random direction that keeps the zeros of A. */
    private static INDArray pattern(LinearOperator a, Random random) {
        return Equations.gaussian(random, a.rows(), a.cols(), 0.3)
                .toArray(DataType.DOUBLE)
                .muli(a.toDense(DataType.DOUBLE));
    }

    private static FixedPointProblem moved(FixedPointProblem problem, INDArray da, INDArray dv, double step) {
        LinearOperator a =
                DenseOperator.copyOf(problem.a().toDense(DataType.DOUBLE).addi(da.mul(step)));
        return new FixedPointProblem(a, problem.input().add(dv.mul(step)), problem.phi());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theGradientIsThatOfDenseLinearAlgebra(GradientProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE);
        INDArray x = each.state(problem);
        INDArray g = each.gradient(DataType.DOUBLE);
        Linearization at = Linearization.at(problem, x);
        INDArray iterated = each.exact().solve(at, g).orElseThrow();
        INDArray factorized =
                ImplicitDifferentiation.withDefaults().solve(at, g).orElseThrow();
        for (int j = 0; j < problem.samples(); j++) {
            double[] reference = reference(problem, x, g, j);
            for (INDArray s : List.of(iterated, factorized)) {
                double[] found = s.getColumn(j).toDoubleVector();
                assertThat(distance(found, reference)).isLessThanOrEqualTo(1e-9 * size(reference));
            }
        }
    }

    /** (I − φ'(z)ᵀAᵀ)⁻¹φ'(z)ᵀg, with the Jacobian of φ row by row. */
    private static double[] reference(FixedPointProblem problem, INDArray x, INDArray g, int sample) {
        int n = problem.states();
        INDArray z = problem.a().times(x).addi(problem.input());
        Matrix transposed = Matrix.zeros(n, n);
        for (int k = 0; k < n; k++) {
            INDArray unit = Nd4j.zeros(DataType.DOUBLE, n, z.columns());
            unit.getRow(k).assign(1);
            INDArray column = problem.phi().transposedJacobianTimes(z, unit);
            for (int i = 0; i < n; i++) {
                transposed.set(i, k, column.getDouble(i, sample));
            }
        }
        Matrix a = Matrix.copyOf(problem.a().toDense(DataType.DOUBLE));
        Matrix system = Matrix.identity(n);
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                right[i] += transposed.get(i, k) * g.getDouble(k, sample);
                for (int j = 0; j < n; j++) {
                    system.set(i, j, system.get(i, j) - transposed.get(i, k) * a.get(j, k));
                }
            }
        }
        return Lu.of(system).orElseThrow().solve(new Matrix(n, 1, right)).values();
    }

    private static double distance(double[] x, double[] y) {
        double distance = 0;
        for (int i = 0; i < x.length; i++) {
            distance = Math.hypot(distance, x[i] - y[i]);
        }
        return distance;
    }

    private static double size(double[] x) {
        return distance(x, new double[x.length]);
    }
}
