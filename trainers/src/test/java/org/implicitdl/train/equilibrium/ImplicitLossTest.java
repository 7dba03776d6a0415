package org.implicitdl.train.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.equilibrium.RandomModel.Kind;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class ImplicitLossTest {
    private static final double DIFFERENCE = 1e-5;

    /** The smaller size is solved sample by sample, the larger one by iteration. */
    static Stream<RandomModel> models() {
        Stream<RandomModel> activations = Stream.of(
                        Activations.relu(), Activations.leakyRelu(0.1), Activations.tanh(), Activations.sigmoid())
                .flatMap(phi ->
                        Stream.of(4, Equilibrium.SMALL + 2).map(n -> RandomModel.of(Kind.SQUARED, phi, n, 0.7, 3)));
        Stream<RandomModel> losses = Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.SQUARED)
                .flatMap(kind -> Stream.of(4, Equilibrium.SMALL + 2)
                        .map(n -> RandomModel.of(kind, Activations.tanh(), n, 0.7, 3)));
        return Stream.concat(activations, losses);
    }

    @ParameterizedTest
    @MethodSource("models")
    void predictionsAreThoseOfTheImplicitModel(RandomModel model) {
        Matrix u = model.problem().u();
        Matrix expected =
                Matrix.copyOf(model.weights().model(model.problem().phi()).output(u.toArray(DataType.DOUBLE)));
        Matrix predicted =
                ImplicitLoss.predict(model.weights(), model.problem().phi(), u).orElseThrow();
        // The model's own solver stops at a residual of some 1e-6 of the state by default.
        assertThat(predicted.values()).containsExactly(expected.values(), within(1e-4));
        assertThat(model.point().value())
                .isCloseTo(model.problem().loss().loss(model.problem().y(), predicted), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGradientIsThatOfFiniteDifferences(RandomModel model) {
        double[] gradient = model.point().gradient().values();
        for (int entry : entries(model)) {
            double slope = (model.moved(entry, DIFFERENCE).value()
                            - model.moved(entry, -DIFFERENCE).value())
                    / (2 * DIFFERENCE);
            assertThat(gradient[entry]).as("entry %d", entry).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
        }
    }

    /**
     * Entries of JᵀRRᵀJ, for the derivatives of the predictions by finite differences and RRᵀ = ∇²Φ, whose products the
     * feedforward trainers use and test.
     */
    @ParameterizedTest
    @MethodSource("models")
    void productsWithTheGaussNewtonMatrixAreThoseOfFiniteDifferences(RandomModel model) {
        PredictionJacobian jacobian = model.point().jacobian();
        int[] entries = entries(model);
        Matrix outputs = outputs(model, entries[0], 0);
        for (int entry : entries) {
            Matrix unit =
                    Matrix.zeros(model.weights().m().rows(), model.weights().m().cols());
            unit.values()[entry] = 1;
            double[] column = jacobian.transposeTimes(jacobian.times(unit)).values();
            Matrix pull = model.problem().loss().curvature(outputs).times(slopes(model, entry));
            for (int other : entries) {
                double expected = pull.dot(slopes(model, other));
                assertThat(column[other])
                        .as("entries %d and %d", entry, other)
                        .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
            }
        }
    }

    /** The derivative of the predictions in an entry of M. */
    private static Matrix slopes(RandomModel model, int entry) {
        Matrix change = outputs(model, entry, DIFFERENCE).plus(-1, outputs(model, entry, -DIFFERENCE));
        return Matrix.zeros(change.rows(), change.cols()).add(0.5 / DIFFERENCE, change);
    }

    /** In which columns of D beyond those that meet V play no part. */
    private static Matrix outputs(RandomModel model, int entry, double by) {
        Matrix moved = model.moved(entry, by).w();
        int direct = model.problem().v().rows();
        ModelMatrix met = ModelMatrix.of(new ModelMatrix(model.weights().states(), moved).weights(direct));
        return ImplicitLoss.predict(met, model.problem().phi(), model.problem().u())
                .orElseThrow();
    }

    /** Some entries of M, of each of its four blocks. */
    private static int[] entries(RandomModel model) {
        return new Random(5).ints(30, 0, model.weights().m().values().length).toArray();
    }

    /** The one that keeps the adjoints is compared with finite differences above. */
    @ParameterizedTest
    @MethodSource("models")
    void bothJacobiansAreOneMatrix(RandomModel model) {
        PredictionJacobian kept = model.point().byAdjoints();
        PredictionJacobian linearized = model.point().linearized();
        Random random = new Random(4);
        Matrix m = model.weights().m();
        Matrix v = Randoms.gaussian(m.rows(), m.cols(), 1, random);
        Matrix r = Randoms.gaussian(RandomModel.Q, RandomModel.SAMPLES, 1, random);
        Matrix product = linearized.times(v);
        Matrix transposed = linearized.transposeTimes(r);
        assertThat(product.values()).containsExactly(kept.times(v).values(), within(1e-10));
        assertThat(transposed.values()).containsExactly(kept.transposeTimes(r).values(), within(1e-10));
        assertThat(product.dot(r)).isCloseTo(v.dot(transposed), within(1e-9));
    }

    /** 3,000 samples, in whose sum the random signs are lost. */
    @Test
    void squaresAreEstimatedWithoutTheAdjointsOfAllOutputs() {
        RandomModel many = RandomModel.of(Kind.SQUARED, Activations.tanh(), 4, 0.7, 3000, 2);
        double[] exact = many.point().byAdjoints().squares().values();
        double[] estimated = many.point().linearized().squares().values();
        for (int i = 0; i < exact.length; i++) {
            assertThat(estimated[i]).as("entry %d", i).isCloseTo(exact[i], within(0.15 * exact[i]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void productsSquaresColumnsAndGramOfTheJacobianBelongToOneMatrix(Kind kind) {
        RandomModel model = RandomModel.of(kind, Activations.tanh(), 4, 0.7, 2);
        OutputJacobian jacobian = model.point().byAdjoints();
        Matrix m = model.weights().m();
        Matrix dense = RandomModel.dense(jacobian, m, RandomModel.SAMPLES);
        Matrix v = Randoms.gaussian(m.rows(), m.cols(), 1, new Random(9));
        double[] product = Lapack.times(dense, new Matrix(m.values().length, 1, v.values()))
                .values();
        assertThat(jacobian.times(v).values()).containsExactly(product, within(1e-12));
        assertThat(jacobian.transposed(0, RandomModel.SAMPLES).values())
                .containsExactly(dense.transpose().values(), within(1e-12));
        Matrix part = jacobian.transposed(2, 4);
        assertThat(part.transpose().values())
                .containsExactly(
                        dense.part(2 * RandomModel.Q, 4 * RandomModel.Q, 0, dense.cols())
                                .values(),
                        within(1e-12));
        double[] squares = jacobian.squares().values();
        for (int i = 0; i < squares.length; i++) {
            Matrix column = dense.part(0, dense.rows(), i, i + 1);
            assertThat(squares[i]).isCloseTo(column.dot(column), within(1e-11));
        }
    }

    @Test
    void aStateThatDoesNotExistHasAnInfiniteLossAndNoPrediction() {
        Matrix one = Matrix.identity(1);
        Matrix two = Matrix.ofRows(new double[] {2});
        ModelMatrix growing = ModelMatrix.of(two, one, one, one);
        TrainingSet data = new TrainingSet(one, one);
        assertThat(ImplicitLoss.squared(1, Activations.relu(), data)
                        .at(growing.m())
                        .value())
                .isInfinite();
        assertThat(ImplicitLoss.predict(growing, Activations.relu(), one)).isEmpty();
    }

    /** For a run that goes on from a file. */
    @Test
    void statesThatWereFoundComeOutToTheBit() {
        for (int n : List.of(4, Equilibrium.SMALL + 2)) {
            RandomModel model = RandomModel.of(Kind.SQUARED, Activations.tanh(), n, 0.7, 3);
            ImplicitLoss.LossPoint point = model.point();
            ImplicitLoss.LossPoint again = model.loss().at(point.w(), point.states());
            assertThat(again.states()).isEqualTo(point.states());
            assertThat(again.value()).isEqualTo(point.value());
            assertThat(again.gradient()).isEqualTo(point.gradient());
        }
    }

    @Test
    void weightsOfAnotherShapeAreRefused() {
        RandomModel model = RandomModel.of(Kind.SQUARED, Activations.relu(), 4, 0.7, 1);
        assertThatThrownBy(() -> model.loss().at(Matrix.zeros(5, 7)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("must be [6, 7] for 4 states");
        assertThatThrownBy(() -> new ModelMatrix(4, Matrix.zeros(4, 7))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() ->
                        ModelMatrix.of(Matrix.identity(2), Matrix.zeros(3, 1), Matrix.zeros(1, 2), Matrix.zeros(1, 1)))
                .isInstanceOf(ShapeException.class);
    }
}
