package org.implicitdl.convert.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.convert.reduce.PlantedModel;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.LowRankOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.wellposed.IllPosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CompressionTest {
    private static final InputBox BOX = InputBox.of(PlantedModel.INPUTS, -1, 1);

    static Stream<Arguments> models() {
        return IntStream.range(0, 10)
                .boxed()
                .flatMap(seed -> Stream.of(false, true).map(isCyclic -> Arguments.of(seed, isCyclic)));
    }

    private static Matrix random(long seed, int rows, int cols) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int k = 0; k < matrix.values().length; k++) {
            matrix.values()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private static LinearOperator dense(Matrix matrix) {
        return DenseOperator.copyOf(matrix.toArray(DataType.DOUBLE));
    }

    private static double[] largestErrors(ImplicitModel one, ImplicitModel other, long seed) {
        INDArray u = PlantedModel.inputs(seed, PlantedModel.INPUTS, 400);
        return PlantedModel.picard(one, u)
                .subi(PlantedModel.picard(other, u))
                .amax(1)
                .toDoubleVector();
    }

    @ParameterizedTest(name = "seed {0}, cyclic {1}")
    @MethodSource("models")
    void noOutputOfThePrunedModelIsFurtherAwayThanTheBoundSays(int seed, boolean isCyclic) {
        ImplicitModel model = new PlantedModel(seed, isCyclic).model();
        for (double kept : new double[] {0.95, 0.5}) {
            ImplicitModel pruned = Pruning.keeping(kept).apply(model);
            double[] bounds = ErrorBound.of(model, pruned, BOX).outputs();
            double[] errors = largestErrors(pruned, model, seed);
            for (int i = 0; i < errors.length; i++) {
                assertThat(errors[i]).as("kept %s, output %d", kept, i).isLessThanOrEqualTo(bounds[i] + 1e-12);
                assertThat(bounds[i]).isFinite();
            }
        }
    }

    @Test
    void theBoundIsReachedByAModelOfPositiveCoefficients() {
        ImplicitModel model = scalar(0.5, 2, 3);
        ImplicitModel changed = scalar(0.25, 2, 3);
        // On u = 1: x = 2/(1 − 0.5) = 4 and 2/(1 − 0.25) = 8/3, so that the outputs differ by 4.
        assertThat(ErrorBound.of(model, changed, InputBox.of(1, -1, 1)).outputs())
                .containsExactly(new double[] {4}, within(1e-5));
        INDArray one = Nd4j.ones(DataType.DOUBLE, 1, 1);
        assertThat(model.output(one).getDouble(0) - changed.output(one).getDouble(0))
                .isCloseTo(4, within(1e-10));
    }

    private static ImplicitModel scalar(double a, double b, double c) {
        return ImplicitModel.of(
                dense(Matrix.ofRows(new double[] {a})),
                dense(Matrix.ofRows(new double[] {b})),
                dense(Matrix.ofRows(new double[] {c})),
                new ZeroOperator(1, 1),
                Activations.relu());
    }

    @Test
    void theShareThatIsAskedForStays() {
        ImplicitModel model = feedforward();
        int all = SparseModel.of(model).connections();
        assertThat(all).isEqualTo(8 + 40 * 20 + 20 * 6 + 6 * 8);
        int kept = SparseModel.of(Pruning.keeping(0.25).apply(model)).connections();
        // The identity that leads to the output is structure, and stays.
        assertThat(kept).isEqualTo(8 + (40 * 20 + 20 * 6 + 6 * 8) / 4);
        ImplicitModel byBlocks = Pruning.keepingOfEachBlock(0.5).apply(model);
        assertThat(((BlockOperator) byBlocks.b()).block(2, 0))
                .satisfies(b -> assertThat(count(b)).isEqualTo(400));
        assertThat(((BlockOperator) byBlocks.a()).block(1, 2))
                .satisfies(b -> assertThat(count(b)).isEqualTo(60));
        assertThat(((BlockOperator) byBlocks.c()).block(0, 0)).isEqualTo(new IdentityOperator(8));
        assertThat(Pruning.keeping(1).apply(model).b())
                .satisfies(b -> assertThat(count(b)).isEqualTo(800));
        assertThat(count(Pruning.keeping(0).apply(model).b())).isZero();
    }

    private static int count(LinearOperator operator) {
        return SparseMatrix.of(operator).nonzeros();
    }

    /** 40 inputs, layers of 20, 6 and 8, of which the last is the output. */
    private static ImplicitModel feedforward() {
        return ImplicitModel.of(
                BlockOperator.of(List.of(
                        List.of(new ZeroOperator(8, 8), dense(random(1, 8, 6)), new ZeroOperator(8, 20)),
                        List.of(new ZeroOperator(6, 8), new ZeroOperator(6, 6), dense(random(2, 6, 20))),
                        List.of(new ZeroOperator(20, 8), new ZeroOperator(20, 6), new ZeroOperator(20, 20)))),
                BlockOperator.of(List.of(
                        List.of(new ZeroOperator(8, 40)),
                        List.of(new ZeroOperator(6, 40)),
                        List.of(dense(random(3, 20, 40))))),
                BlockOperator.of(
                        List.of(List.of(new IdentityOperator(8), new ZeroOperator(8, 6), new ZeroOperator(8, 20)))),
                new ZeroOperator(8, 40),
                Activations.tanh());
    }

    @Test
    void pruningWithinAToleranceKeepsItAndIsNotIdle() {
        ImplicitModel model = new PlantedModel(3, true).model();
        Pruning pruning = Pruning.within(0.5, model, BOX);
        assertThat(pruning.kept()).isLessThan(0.999);
        assertThat(Arrays.stream(largestErrors(pruning.apply(model), model, 3))
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(0.5);
        ImplicitModel feedforward = feedforward();
        Pruning none = Pruning.within(0, feedforward, InputBox.of(40, -1, 1));
        assertThat(SparseModel.of(none.apply(feedforward)).connections())
                .isEqualTo(SparseModel.of(feedforward).connections());
    }

    @Test
    void aMatrixOfLowRankIsFoundToBeOne() {
        Matrix lowRank = Lapack.timesTranspose(random(5, 20, 3), random(6, 30, 3));
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(20, 20),
                dense(lowRank),
                dense(random(7, 2, 20)),
                new ZeroOperator(2, 30),
                Activations.relu());
        ImplicitModel smaller = LowRank.ofError(1e-10).apply(model);
        assertThat(smaller.b())
                .isInstanceOfSatisfying(
                        LowRankOperator.class, b -> assertThat(b.rank()).isEqualTo(3));
        assertThat(smaller.c()).isSameAs(model.c());
        assertThat(smaller.parameterCount()).isEqualTo(3 * 50 + 40);
        INDArray u = PlantedModel.inputs(1, 30, 5);
        assertThat(PlantedModel.distance(smaller.output(u), model.output(u))).isLessThan(1e-12);
    }

    @ParameterizedTest(name = "rank {0}")
    @MethodSource("ranks")
    void theErrorIsThatOfTheSingularValuesLeftOut(int rank) {
        Matrix matrix = random(8, 24, 24);
        double[] singular = Lapack.svd(matrix).singularValues();
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(24, 24),
                dense(matrix),
                new IdentityOperator(24),
                new ZeroOperator(24, 24),
                Activations.relu());
        LinearOperator b = LowRank.ofRank(rank).apply(model).b();
        Matrix left = Matrix.copyOf(b.toDense(DataType.DOUBLE).sub(matrix.toArray(DataType.DOUBLE)));
        assertThat(Lapack.svd(left).singularValues()[0]).isCloseTo(singular[rank], within(1e-12));
        double squares = IntStream.range(rank, 24)
                .mapToDouble(k -> singular[k] * singular[k])
                .sum();
        assertThat(left.frobeniusNorm()).isCloseTo(Math.sqrt(squares), within(1e-12));
        double relative = Math.sqrt(squares) / matrix.frobeniusNorm();
        assertThat(LowRank.ofError(relative * (1 + 1e-9)).apply(model).b())
                .isInstanceOfSatisfying(
                        LowRankOperator.class, same -> assertThat(same.rank()).isEqualTo(rank));
    }

    static IntStream ranks() {
        return IntStream.of(1, 4, 11);
    }

    @Test
    void aCycleThatIsNoLongerCertifiedIsRefused() {
        // Strictly triangular, but the nearest matrix of rank 1 has a cycle of gain above 1.
        Matrix a = Matrix.zeros(8, 8);
        for (int j = 1; j < 8; j++) {
            for (int i = 0; i < j; i++) {
                a.set(i, j, 5);
            }
        }
        ImplicitModel model = ImplicitModel.of(
                dense(a), new ZeroOperator(8, 1), new ZeroOperator(1, 8), new ZeroOperator(1, 1), Activations.tanh());
        assertThatThrownBy(() -> LowRank.ofRank(1).apply(model)).isInstanceOf(IllPosedException.class);
    }

    @Test
    void theCurveMeasuresReducedModelsBesideTheOriginal() {
        ImplicitModel model = feedforward();
        INDArray u = PlantedModel.inputs(4, 40, 30);
        CompressionCurve curve = CompressionCurve.of(
                model,
                List.of(Pruning.keeping(0.5), LowRank.ofRank(2), Pruning.keeping(0)),
                smaller -> smaller.output(u).distance2(model.output(u)));
        List<CompressionCurve.Point> points = curve.points();
        assertThat(points).extracting(CompressionCurve.Point::error).first().isEqualTo(0.0);
        assertThat(points.get(1).error()).isPositive();
        assertThat(points.get(1).connections())
                .isLessThanOrEqualTo(points.get(0).connections() / 2);
        assertThat(points.get(2).connections()).isEqualTo(2 * 60 + 2 * 26 + 2 * 14);
        assertThat(points.get(3).model().d().isZero()).isTrue();
        assertThat(curve.toText())
                .contains("keep 50.0 % of all coefficients")
                .contains("rank 2")
                .contains("100.0%");
    }

    @Test
    void sharesRanksAndErrorsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Pruning.keeping(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> LowRank.ofRank(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> LowRank.ofError(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> Pruning.within(-1, feedforward(), BOX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> ErrorBound.of(feedforward(), scalar(0, 1, 1), BOX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same sizes");
    }
}
