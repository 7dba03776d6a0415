package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.kernel.Windows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What holds of every operator: it is the linear map of the matrix that {@code toDense} gives. */
class LinearOperatorContractTest {

    static Stream<LinearOperator> all() {
        return Stream.of(DataType.DOUBLE, DataType.FLOAT).flatMap(LinearOperatorContractTest::operatorsOf);
    }

    private static Stream<LinearOperator> operatorsOf(DataType type) {
        LinearOperator dense = DenseOperator.copyOf(Numbers.normalArray(1, type, 3, 4));
        LinearOperator diagonal = DiagonalOperator.copyOf(Numbers.normalArray(2, type, 4, 1));
        LinearOperator blocks = BlockOperator.of(List.of(
                List.of(dense, new ZeroOperator(3, 2)),
                List.of(diagonal, DenseOperator.copyOf(Numbers.normalArray(3, type, 4, 2))),
                List.of(new ZeroOperator(2, 4), new IdentityOperator(2))));
        LinearOperator nested = BlockOperator.of(List.of(
                List.of(new ZeroOperator(9, 3), blocks),
                List.of(dense.transpose().abs(), new ZeroOperator(4, 6))));
        LinearOperator lowRank = LowRankOperator.of(
                DenseOperator.copyOf(Numbers.normalArray(11, type, 5, 2)),
                DenseOperator.copyOf(Numbers.normalArray(12, type, 4, 2)));
        LinearOperator sparse = SparseOperator.of(
                SparseMatrix.entries(4, 6)
                        .add(3, 5, 0.7)
                        .add(0, 2, -1.3)
                        .add(0, 0, 2.1)
                        .add(1, 5, -0.4)
                        .toMatrix(),
                type);
        return Stream.of(
                lowRank,
                LowRankOperator.of(diagonal, lowRank),
                LowRankOperator.of(sparse.transpose(), new ZeroOperator(2, 4)),
                sparse,
                SparseOperator.of(SparseMatrix.entries(3, 2).toMatrix(), type),
                BlockOperator.of(List.of(List.of(lowRank, new ZeroOperator(5, 3)))),
                dense,
                dense.transpose(),
                DenseOperator.copyOf(Numbers.normalArray(4, type, 1, 1)),
                DenseOperator.copyOf(Numbers.normalArray(5, type, 5, 1)),
                DenseOperator.copyOf(Numbers.normalArray(6, type, 1, 5)),
                DenseOperator.copyOf(Numbers.view(Numbers.normalArray(7, type, 4, 3), 'c')),
                new ZeroOperator(3, 5),
                new ZeroOperator(1, 1),
                new IdentityOperator(4),
                new IdentityOperator(1),
                diagonal,
                DiagonalOperator.copyOf(Numbers.normalArray(8, type, 1, 1)),
                DiagonalOperator.copyOf(Numbers.normalArray(9, type, 1, 6)),
                blocks,
                BlockOperator.of(List.of(List.of(dense))),
                BlockOperator.of(List.of(
                        List.of(new ZeroOperator(1, 1), new ZeroOperator(1, 2)),
                        List.of(DenseOperator.copyOf(Numbers.normalArray(10, type, 1, 1)), new ZeroOperator(1, 2)))),
                BlockOperator.of(List.of(List.of(new ZeroOperator(2, 3)), List.of(new ZeroOperator(1, 3)))),
                nested,
                nested.transpose(),
                DiagonalOperator.repeated(Numbers.normalArray(11, type, 3, 1), 4),
                ConvolutionOperator.copyOf(tensor(12, type, 2, 3, 2, 2), PADDED, 1),
                ConvolutionOperator.copyOf(tensor(13, type, 2, 3, 2, 2), PADDED, 1)
                        .transpose(),
                ConvolutionOperator.copyOf(tensor(14, type, 4, 1, 4), PADDED, 2),
                ConvolutionOperator.copyOf(tensor(15, type, 4, 1, 4), PADDED, 2).transpose(),
                ConvolutionOperator.copyOf(tensor(16, type, 3, 2, 1), POINTS, 1),
                SubmatrixOperator.of(
                        ConvolutionOperator.copyOf(tensor(17, type, 3, 3, 2, 2), PADDED, 1),
                        new int[] {0, 1, 4, 13, 14, 17},
                        new int[] {9, 10, 12, 17, 18}),
                SubmatrixOperator.of(
                        ConvolutionOperator.copyOf(tensor(18, type, 3, 2, 2, 2), PADDED, 1)
                                .transpose(),
                        new int[] {10, 12, 13},
                        new int[] {0, 1, 2, 3, 4, 5, 12, 14}),
                SubmatrixOperator.of(
                        ConvolutionOperator.copyOf(tensor(19, type, 4, 1, 4), PADDED, 2),
                        new int[] {0, 5, 6, 23},
                        new int[] {1, 2, 3, 9, 10, 16}),
                SubmatrixOperator.of(dense, new int[] {0, 2}, new int[] {0, 1, 2, 3}),
                SparseOperator.of(4, 3, new int[] {3, 0, 0, 3}, new int[] {1, 2, 0, 1}, new double[] {1, -2, 3, 0.5}),
                SparseOperator.select(4, 2, -1, 2, 0, 3).repeated(2, 3),
                SparseOperator.select(3, 2, 0, -1).repeated(1, 30).transpose(),
                SparseOperator.select(3, -1, -1),
                PaddedOperator.of(dense, 5, 6),
                PaddedOperator.of(diagonal, 4, 7),
                PaddedOperator.of(dense, 5, 4).transpose(),
                PaddedOperator.at(diagonal, 2, 1, 6, 7),
                PaddedOperator.at(new IdentityOperator(2), 1, 3, 4, 5).transpose());
    }

    /** 3 × 2 windows of 2 × 2 taps over a 3 × 3 grid, some taps of which lie outside. */
    private static final Windows PADDED = Windows.of(
            new int[] {3, 3}, new int[] {2, 2}, new int[] {1, 2}, new int[] {2, 1}, new int[] {1, 1}, new int[] {3, 2});

    private static final Windows POINTS =
            Windows.of(new int[] {4}, new int[] {1}, new int[] {1}, new int[] {1}, new int[] {0}, new int[] {4});

    private static INDArray tensor(long seed, DataType type, long... shape) {
        int size = (int) java.util.Arrays.stream(shape).reduce(1, (m, n) -> m * n);
        return Numbers.normalArray(seed, type, size, 1).reshape('c', shape);
    }

    static Stream<Arguments> withTypesAndSamples() {
        return all().flatMap(operator -> Stream.of(DataType.DOUBLE, DataType.FLOAT)
                .flatMap(type -> Stream.of(1, 2, 7).map(samples -> Arguments.of(operator, type, samples))));
    }

    private static double rounding(DataType type) {
        return type == DataType.DOUBLE ? 1e-13 : 1e-5;
    }

    private static Matrix dense(LinearOperator operator) {
        Matrix copy = Matrix.copyOf(operator);
        assertThat(copy).isEqualTo(Matrix.copyOf(operator.toDense(DataType.DOUBLE)));
        return copy;
    }

    @ParameterizedTest
    @MethodSource("withTypesAndSamples")
    void productIsThatOfTheDenseMatrix(LinearOperator operator, DataType type, int samples) {
        INDArray x = Numbers.normalArray(20, type, operator.cols(), samples);
        INDArray product = operator.times(x);
        assertThat(product.shape()).containsExactly(operator.rows(), samples);
        assertThat(product.dataType()).isEqualTo(type);
        Matrix expected = Numbers.times(dense(operator), Matrix.copyOf(x));
        assertThat(Numbers.distance(Matrix.copyOf(product), expected)).isLessThan(rounding(type));
    }

    @ParameterizedTest
    @MethodSource("withTypesAndSamples")
    void productIsANewArrayInColumnOrderAndTheArgumentIsLeftAlone(LinearOperator operator, DataType type, int samples) {
        INDArray x = Numbers.normalArray(21, type, operator.cols(), samples);
        INDArray before = x.dup();
        INDArray first = operator.times(x);
        assertThat(operator.rows() == 1 || first.stride(0) == 1).isTrue();
        assertThat(samples == 1 || first.stride(1) == operator.rows()).isTrue();
        INDArray copy = first.dup();
        operator.times(x).assign(77);
        assertThat(x).isEqualTo(before);
        assertThat(first).isEqualTo(copy);
        assertThat(operator.times(x)).isEqualTo(copy);
    }

    @ParameterizedTest
    @MethodSource("withTypesAndSamples")
    void theLayoutOfTheArgumentDoesNotMatter(LinearOperator operator, DataType type, int samples) {
        INDArray x = Numbers.normalArray(22, type, operator.cols(), samples);
        INDArray product = operator.times(x);
        for (INDArray same : List.of(x.dup('c'), Numbers.view(x, 'f'), Numbers.view(x, 'c'))) {
            assertThat(operator.times(same).equalsWithEps(product, rounding(type)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("withTypesAndSamples")
    void productsAreAddedToTheCallersArrayWhateverItsStride(LinearOperator operator, DataType type, int samples) {
        INDArray x = Numbers.normalArray(25, type, operator.cols(), samples);
        INDArray y = Numbers.view(Numbers.normalArray(26, type, operator.rows(), samples), 'f');
        INDArray expected = y.add(operator.times(x));
        INDArray before = x.dup();
        operator.addTimes(x, y);
        assertThat(y.equalsWithEps(expected, rounding(type))).isTrue();
        assertThat(x).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void transposeIsTheAdjoint(LinearOperator operator) {
        LinearOperator transpose = operator.transpose();
        assertThat(transpose.rows()).isEqualTo(operator.cols());
        assertThat(transpose.cols()).isEqualTo(operator.rows());
        INDArray x = Numbers.normalArray(23, DataType.DOUBLE, operator.cols(), 3);
        INDArray y = Numbers.normalArray(24, DataType.DOUBLE, operator.rows(), 3);
        double left = operator.times(x).mul(y).sumNumber().doubleValue();
        double right = x.mul(transpose.times(y)).sumNumber().doubleValue();
        assertThat(left).isCloseTo(right, within(1e-12));
        // Entries that are computed, as those of low rank are, may round differently.
        assertThat(Numbers.distance(dense(transpose), dense(operator).transpose()))
                .isLessThan(1e-15);
        assertThat(dense(transpose.transpose())).isEqualTo(dense(operator));
    }

    @ParameterizedTest
    @MethodSource("all")
    void absTakesTheAbsoluteValueOfEveryEntry(LinearOperator operator) {
        Matrix expected = dense(operator);
        for (int i = 0; i < expected.values().length; i++) {
            expected.values()[i] = Math.abs(expected.values()[i]);
        }
        assertThat(Numbers.distance(dense(operator.abs()), expected)).isZero();
        if (!(operator instanceof LowRankOperator)) {
            assertThat(operator.abs()).hasSameClassAs(operator);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void normsAreThoseOfTheDenseMatrix(LinearOperator operator) {
        Matrix matrix = dense(operator);
        double[] rowSums = new double[operator.rows()];
        double[] colSums = new double[operator.cols()];
        for (int i = 0; i < operator.rows(); i++) {
            for (int j = 0; j < operator.cols(); j++) {
                rowSums[i] += Math.abs(matrix.get(i, j));
                colSums[j] += Math.abs(matrix.get(i, j));
            }
        }
        assertThat(operator.absoluteRowSums()).containsExactly(rowSums, within(1e-14));
        assertThat(operator.normInf())
                .isCloseTo(java.util.Arrays.stream(rowSums).max().orElseThrow(), within(1e-14));
        assertThat(operator.norm1())
                .isCloseTo(java.util.Arrays.stream(colSums).max().orElseThrow(), within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("withTypesAndSamples")
    void denseMatrixIsACopyOfTheCallersOwn(LinearOperator operator, DataType type, int samples) {
        INDArray dense = operator.toDense(type);
        assertThat(dense.shape()).containsExactly(operator.rows(), operator.cols());
        assertThat(dense.dataType()).isEqualTo(type);
        assertThat(operator.rows() == 1 || dense.stride(0) == 1).isTrue();
        Matrix before = dense(operator);
        dense.assign(77);
        assertThat(dense(operator)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void onlyMatricesOfZerosSayThatTheyAreZero(LinearOperator operator) {
        assertThat(operator.isZero()).isEqualTo(dense(operator).maxAbs() == 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void argumentsOfTheWrongShapeAreRefused(LinearOperator operator) {
        int cols = operator.cols();
        assertThatThrownBy(() -> operator.times(Nd4j.ones(DataType.DOUBLE, cols + 1, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[" + cols + ", samples]")
                .hasMessageContaining("[" + (cols + 1) + ", 2]");
        assertThatThrownBy(() -> operator.times(Nd4j.ones(DataType.DOUBLE, cols)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("shape [" + cols + "]");
        assertThatThrownBy(() -> operator.times(Nd4j.ones(DataType.DOUBLE, cols + 1, cols)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("transpose it");
    }
}
