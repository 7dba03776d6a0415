package org.implicitdl.train.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class ImplicitLossTest {
    private static final int P = 3;
    private static final int Q = 2;
    private static final double DIFFERENCE = 1e-5;

    static List<FenchelActivation> activations() {
        return List.of(Activations.relu(), Activations.leakyRelu(0.1), Activations.tanh(), Activations.sigmoid());
    }

    /** The smaller size is solved sample by sample, the larger one by iteration. */
    static List<Problem> problems() {
        return activations().stream()
                .flatMap(phi -> List.of(4, Equilibrium.SMALL + 2).stream().map(n -> Problem.random(phi, n, 0.7, 3)))
                .toList();
    }

    /** Random weights in the ball, and random data. */
    record Problem(FenchelActivation phi, ModelMatrix weights, TrainingSet data) {

        static Problem random(FenchelActivation phi, int n, double kappa, long seed) {
            Random random = new Random(seed);
            Matrix a = L1Ball.ofRows(kappa).prox(Randoms.gaussian(n, n, 1, random), 1);
            ModelMatrix weights = ModelMatrix.of(
                    a,
                    Randoms.gaussian(n, P, 1, random),
                    Randoms.gaussian(Q, n, 1, random),
                    Randoms.gaussian(Q, P, 1, random));
            TrainingSet data = new TrainingSet(Randoms.gaussian(P, 7, 1, random), Randoms.gaussian(Q, 7, 1, random));
            return new Problem(phi, weights, data);
        }

        ImplicitLoss loss() {
            return new ImplicitLoss(weights.states(), phi, data);
        }

        ModelMatrix moved(int entry, double by) {
            Matrix m = weights.m().copy();
            m.values()[entry] += by;
            return new ModelMatrix(weights.states(), m);
        }

        @Override
        public String toString() {
            return phi + ", " + weights.states() + " states, seed 3";
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void predictionsAreThoseOfTheImplicitModel(Problem problem) {
        Matrix expected = Matrix.copyOf(
                problem.weights().model(problem.phi()).output(problem.data().u().toArray(DataType.DOUBLE)));
        Matrix predicted = ImplicitLoss.predict(
                        problem.weights(), problem.phi(), problem.data().u())
                .orElseThrow();
        // The model's own solver stops at a residual of some 1e-6 of the state by default.
        assertThat(predicted.values()).containsExactly(expected.values(), within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theGradientIsThatOfFiniteDifferences(Problem problem) {
        ImplicitLoss loss = problem.loss();
        SmoothCheck check = new SmoothCheck(problem);
        double[] gradient = loss.at(problem.weights().m()).gradient().values();
        for (int entry : check.entries()) {
            double slope = (loss.at(problem.moved(entry, DIFFERENCE).m()).value()
                            - loss.at(problem.moved(entry, -DIFFERENCE).m()).value())
                    / (2 * DIFFERENCE);
            assertThat(gradient[entry]).as("entry %d", entry).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theJacobianIsThatOfFiniteDifferences(Problem problem) {
        PredictionJacobian jacobian = problem.loss().at(problem.weights().m()).jacobian(new BitSet());
        for (int entry : new SmoothCheck(problem).entries()) {
            Matrix unit = Matrix.zeros(
                    problem.weights().m().rows(), problem.weights().m().cols());
            unit.values()[entry] = 1;
            double[] column = jacobian.times(unit).values();
            double[] ahead = predict(problem, entry, DIFFERENCE);
            double[] behind = predict(problem, entry, -DIFFERENCE);
            for (int k = 0; k < column.length; k++) {
                double slope = (ahead[k] - behind[k]) / (2 * DIFFERENCE);
                assertThat(column[k]).as("entry %d", entry).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
            }
        }
    }

    /** The one that keeps the adjoints is compared with finite differences above. */
    @ParameterizedTest
    @MethodSource("problems")
    void bothJacobiansAreOneMatrixAlsoWithRowsThatDoNotMove(Problem problem) {
        ImplicitLoss.LossPoint point = problem.loss().at(problem.weights().m());
        BitSet frozen = new BitSet();
        frozen.set(2);
        for (BitSet rows : List.of(new BitSet(), frozen)) {
            PredictionJacobian kept = point.byAdjoints(rows);
            PredictionJacobian linearized = point.linearized(rows);
            Random random = new Random(4);
            Matrix v = Randoms.gaussian(point.w().rows(), point.w().cols(), 1, random);
            Matrix r = Randoms.gaussian(Q, kept.samples(), 1, random);
            Matrix product = linearized.times(v);
            Matrix transposed = linearized.transposeTimes(r);
            assertThat(product.values()).containsExactly(kept.times(v).values(), within(1e-10));
            assertThat(transposed.values())
                    .containsExactly(kept.transposeTimes(r).values(), within(1e-10));
            assertThat(product.dot(r)).isCloseTo(v.dot(transposed), within(1e-9));
        }
    }

    /** 3,000 samples, in whose sum the random signs are lost. */
    @Test
    void squaresAreEstimatedWithoutTheAdjointsOfAllOutputs() {
        Problem small = Problem.random(Activations.tanh(), 4, 0.7, 2);
        Random random = new Random(6);
        TrainingSet many = new TrainingSet(Randoms.gaussian(P, 3000, 1, random), Randoms.gaussian(Q, 3000, 1, random));
        ImplicitLoss.LossPoint point =
                new ImplicitLoss(4, Activations.tanh(), many).at(small.weights().m());
        double[] exact = point.byAdjoints(new BitSet()).squares().values();
        double[] estimated = point.linearized(new BitSet()).squares().values();
        for (int i = 0; i < exact.length; i++) {
            assertThat(estimated[i]).as("entry %d", i).isCloseTo(exact[i], within(0.15 * exact[i]));
        }
    }

    /** Some entries of M, of each of its four blocks. */
    private record SmoothCheck(Problem problem) {
        int[] entries() {
            int size = problem.weights().m().values().length;
            return new Random(5).ints(40, 0, size).toArray();
        }
    }

    private static double[] predict(Problem problem, int entry, double by) {
        return ImplicitLoss.predict(
                        problem.moved(entry, by), problem.phi(), problem.data().u())
                .orElseThrow()
                .values();
    }

    @Test
    void productsSquaresAndGramOfTheJacobianBelongToOneMatrix() {
        Problem problem = Problem.random(Activations.tanh(), 4, 0.7, 2);
        BitSet frozen = new BitSet();
        frozen.set(1);
        OutputJacobian jacobian = problem.loss().at(problem.weights().m()).byAdjoints(frozen);
        int size = problem.weights().m().values().length;
        int outputs = Q * 7;
        Matrix dense = Matrix.zeros(outputs, size);
        double[] columnWeights = new Random(1).doubles(4 + P, 0.5, 2).toArray();
        for (int k = 0; k < outputs; k++) {
            Matrix unit = Matrix.zeros(Q, 7);
            unit.values()[k] = 1;
            double[] row = jacobian.transposeTimes(unit).values();
            for (int i = 0; i < size; i++) {
                dense.set(k, i, row[i]);
            }
        }
        Matrix v = Randoms.gaussian(4 + Q, 4 + P, 1, new Random(9));
        double[] product = jacobian.times(v).values();
        Matrix gram = jacobian.gram(columnWeights);
        double[] squares = jacobian.squares().values();
        for (int k = 0; k < outputs; k++) {
            double expected = 0;
            for (int i = 0; i < size; i++) {
                expected += dense.get(k, i) * v.values()[i];
            }
            assertThat(product[k]).isCloseTo(expected, within(1e-12));
            for (int l = k; l < outputs; l++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += dense.get(k, i) * dense.get(l, i) / columnWeights[i / (4 + Q)];
                }
                assertThat(gram.get(k, l)).isCloseTo(sum, within(1e-11));
            }
        }
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                sum += dense.get(k, i) * dense.get(k, i);
            }
            assertThat(squares[i]).isCloseTo(sum, within(1e-11));
        }
        // Row 1 of A does not move.
        for (int j = 0; j < 4; j++) {
            assertThat(squares[1 + j * (4 + Q)]).isZero();
        }
    }

    @Test
    void aStateThatDoesNotExistHasAnInfiniteLossAndNoPrediction() {
        Matrix one = Matrix.identity(1);
        Matrix two = Matrix.ofRows(new double[] {2});
        ModelMatrix growing = ModelMatrix.of(two, one, one, one);
        TrainingSet data = new TrainingSet(one, one);
        assertThat(new ImplicitLoss(1, Activations.relu(), data).at(growing.m()).value())
                .isInfinite();
        assertThat(ImplicitLoss.predict(growing, Activations.relu(), one)).isEmpty();
    }

    @Test
    void weightsOfAnotherShapeAreRefused() {
        Problem problem = Problem.random(Activations.relu(), 4, 0.7, 1);
        assertThatThrownBy(() -> problem.loss().at(Matrix.zeros(5, 7)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("must be [6, 7] for 4 states");
        assertThatThrownBy(() -> new ModelMatrix(4, Matrix.zeros(4, 7))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() ->
                        ModelMatrix.of(Matrix.identity(2), Matrix.zeros(3, 1), Matrix.zeros(1, 2), Matrix.zeros(1, 1)))
                .isInstanceOf(ShapeException.class);
    }
}
