package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.Equations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where solvers keep their numbers, and for how long. */
class SolverMemoryTest {

    private static FixedPointProblem problem(int n, int samples) {
        Matrix a = Matrix.zeros(n, n);
        Arrays.fill(a.values(), 0.95 / n);
        Matrix v = Equations.gaussian(new Random(19), n, samples, 1);
        return new FixedPointProblem(
                DenseOperator.copyOf(a.toArray(DataType.FLOAT)), v.toArray(DataType.FLOAT), Activations.tanh());
    }

    private static INDArray zeros(FixedPointProblem problem) {
        return Nd4j.create(DataType.FLOAT, new long[] {problem.states(), problem.samples()}, 'f');
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-6})
    void memoryIsTakenBeforeTheFirstIterationOnly(double tolerance) {
        FixedPointProblem problem = problem(20, 10);
        StoppingRule rule = StoppingRule.withDefaults().withTolerance(tolerance);
        int depth = 3;
        long[] taken = new long[2];
        Solution solution =
                BatchIteration.run("counted", problem, zeros(problem), rule, 2 * depth + 3, (batch, memory) -> {
                    AndersonMixing mixing = new AndersonMixing(batch, memory, depth, 1e-7);
                    taken[0] = memory.bytes();
                    return new BatchIteration.Step() {
                        @Override
                        public void next() {
                            mixing.next();
                            taken[1] = memory.bytes();
                        }

                        @Override
                        public void move(int from, int to) {
                            mixing.move(from, to);
                        }
                    };
                });
        assertThat(solution.report().converged()).isTrue();
        assertThat(taken[1]).isEqualTo(taken[0]);
        long states = 4L * problem.states() * problem.samples();
        assertThat(taken[0])
                .as("twelve panels and a little more, in one block")
                .isBetween((2L * depth + 6) * states, (2L * depth + 6) * states + 2048);
    }

    @Test
    void memoryIsGivenBackAfterEverySolution() {
        FixedPointProblem problem = problem(64, 512);
        INDArray start = zeros(problem);
        AndersonSolver solver = AndersonSolver.with(StoppingRule.withDefaults().withTolerance(0.9));
        for (int k = 0; k < 50; k++) {
            solver.solve(problem, start).state().close();
        }
        long before = Pointer.physicalBytes();
        for (int k = 0; k < 1000; k++) {
            solver.solve(problem, start).state().close();
        }
        assertThat(Pointer.physicalBytes() - before)
                .as("growth in bytes, where 1000 solutions take 3 GiB")
                .isLessThan(400L << 20);
    }

    @Test
    void theResultOutlivesTheWorkspaceOfTheCaller() {
        FixedPointProblem problem = problem(8, 3);
        INDArray expected = PicardSolver.withDefaults().solve(problem).state();
        for (FixedPointSolver solver : List.of(PicardSolver.withDefaults(), NewtonSolver.withDefaults())) {
            INDArray state;
            try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("callers")) {
                state = solver.solve(problem).state();
                assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isSameAs(workspace);
            }
            assertThat(state.isAttached()).isFalse();
            assertThat(state.equalsWithEps(expected, 1e-4)).isTrue();
        }
    }

    @Test
    void manyThreadsShareASolver() {
        FixedPointProblem problem = problem(16, 6);
        for (FixedPointSolver solver :
                List.of(PicardSolver.withDefaults(), AndersonSolver.withDefaults(), NewtonSolver.withDefaults())) {
            INDArray alone = solver.solve(problem).orElseThrow();
            List<INDArray> together = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(k -> solver.solve(problem).orElseThrow())
                    .toList();
            assertThat(together).allSatisfy(state -> assertThat(state).isEqualTo(alone));
        }
    }
}
