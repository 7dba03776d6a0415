package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.Equations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Equations S = D ∘ (AᵀS + G) with other factors for each sample, some of which need many more steps than others. */
class AdjointProblemTest {
    private static final int STATES = 7;
    private static final int SAMPLES = 9;

    private final Random random = new Random(5);
    private final Matrix a = contraction();
    private final Matrix g = Equations.gaussian(random, STATES, SAMPLES, 1);
    private final Matrix factors = factors();

    private Matrix contraction() {
        Matrix matrix = Matrix.zeros(STATES, STATES);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = 0.95 / STATES * (random.nextInt(4) == 0 ? -1 : 1);
        }
        return matrix;
    }

    /** Factors up to 1, 1/2, …, 1/9 in an order of their own, with zeros, as of ReLU, in between. */
    private Matrix factors() {
        Matrix matrix = Matrix.zeros(STATES, SAMPLES);
        for (int j = 0; j < SAMPLES; j++) {
            for (int i = 0; i < STATES; i++) {
                matrix.set(i, j, (i + j) % 4 == 0 ? 0 : 1.0 / (1 + (5 * j) % SAMPLES));
            }
        }
        return matrix;
    }

    /** Column j of S, from (I − diag(d)Aᵀ)s = d ∘ g. */
    private double[] reference(int j) {
        Matrix system = Matrix.identity(STATES);
        double[] right = new double[STATES];
        for (int i = 0; i < STATES; i++) {
            right[i] = factors.get(i, j) * g.get(i, j);
            for (int k = 0; k < STATES; k++) {
                system.set(i, k, system.get(i, k) - factors.get(i, j) * a.get(k, i));
            }
        }
        return Equations.solve(system, right).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void everySampleKeepsItsFactorsWhileOthersLeaveTheBatch(DataType type) {
        DiagonalActivation phi = DiagonalActivation.viewOf(factors.toArray(type), 1);
        DenseOperator at = DenseOperator.copyOf(a.toArray(type));
        FixedPointProblem problem = new FixedPointProblem(at.transpose(), g.toArray(type), phi);
        for (FixedPointSolver solver : List.of(
                PicardSolver.withDefaults(),
                PicardSolver.withDefaults().withDamping(0.7),
                AndersonSolver.withDefaults())) {
            Solution solution = solver.solve(problem);
            INDArray s = solution.orElseThrow();
            int fewest = Arrays.stream(solution.report().iterations()).min().orElseThrow();
            assertThat(fewest)
                    .as("%s: samples leave at different times", solver)
                    .isLessThan(solution.report().maxIterations());
            for (int j = 0; j < SAMPLES; j++) {
                double[] expected = reference(j);
                for (int i = 0; i < STATES; i++) {
                    assertThat(s.getDouble(i, j))
                            .as("%s, sample %d", solver, j)
                            .isCloseTo(expected[i], offset(type == DataType.FLOAT ? 4e-4 : 1e-10));
                }
            }
        }
    }
}
