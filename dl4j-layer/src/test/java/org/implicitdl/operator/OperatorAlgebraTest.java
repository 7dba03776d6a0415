package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OperatorAlgebraTest {
    private static final Partition TWO_THREE_ONE = Partition.of(2, 3, 1);

    static INDArray random(Random random, DataType type, int rows, int cols) {
        double[] values = random.doubles((long) rows * cols).map(x -> 2 * x - 1).toArray();
        return Nd4j.createFromArray(values).reshape('f', rows, cols).castTo(type);
    }

    /** Square operators of order 6 of every kind, among them blocks that do not match each other. */
    static List<LinearOperator> squares() {
        Random random = new Random(5);
        LinearOperator dense = DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 6));
        LinearOperator other = DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 6));
        LinearOperator diagonal = DiagonalOperator.copyOf(random(random, DataType.DOUBLE, 6, 1));
        LinearOperator nested = BlockOperator.of(List.of(
                List.of(
                        OperatorBlocks.divide(
                                DenseOperator.copyOf(random(random, DataType.DOUBLE, 4, 4)),
                                Partition.of(1, 3),
                                Partition.of(2, 2)),
                        new ZeroOperator(4, 2)),
                List.of(new ZeroOperator(2, 4), new IdentityOperator(2))));
        return List.of(
                dense,
                dense.transpose(),
                diagonal,
                new IdentityOperator(6),
                new ZeroOperator(6, 6),
                OperatorBlocks.divide(other, TWO_THREE_ONE, TWO_THREE_ONE),
                OperatorBlocks.divide(diagonal, Partition.of(4, 2), Partition.of(1, 5)),
                OperatorBlocks.divide(new IdentityOperator(6), TWO_THREE_ONE, Partition.of(3, 3)),
                sparse(random),
                LowRankOperator.of(
                        DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 2)),
                        DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 2))),
                nested);
    }

    private static LinearOperator sparse(Random random) {
        SparseEntries entries = SparseMatrix.entries(6, 6);
        for (int k = 0; k < 5; k++) {
            entries.add(random.nextInt(6), random.nextInt(6), random.nextDouble());
        }
        return SparseOperator.of(entries.toMatrix(), DataType.DOUBLE);
    }

    static Stream<LinearOperator[]> pairs() {
        return squares().stream().flatMap(l -> squares().stream().map(r -> new LinearOperator[] {l, r}));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void productIsTheProductOfTheMatrices(LinearOperator left, LinearOperator right) {
        INDArray expected = left.toDense(DataType.DOUBLE).mmul(right.toDense(DataType.DOUBLE));
        assertClose(OperatorAlgebra.product(left, right), expected);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sumIsTheSumOfTheMatrices(LinearOperator left, LinearOperator right) {
        INDArray expected = left.toDense(DataType.DOUBLE).add(right.toDense(DataType.DOUBLE));
        assertClose(OperatorAlgebra.sum(left, right), expected);
    }

    @ParameterizedTest
    @MethodSource("squares")
    void divisionKeepsTheMatrix(LinearOperator operator) {
        for (Partition rows : List.of(Partition.of(6), TWO_THREE_ONE, Partition.of(1, 1, 1, 1, 1, 1))) {
            for (Partition cols : List.of(Partition.of(6), Partition.of(3, 3), Partition.of(1, 4, 1))) {
                BlockOperator divided = OperatorBlocks.divide(operator, rows, cols);
                assertThat(divided.rowBlocks()).isEqualTo(rows);
                assertThat(divided.colBlocks()).isEqualTo(cols);
                assertClose(divided, operator.toDense(DataType.DOUBLE));
            }
        }
    }

    @Test
    void joinNestsNothing() {
        Random random = new Random(7);
        LinearOperator block = OperatorBlocks.divide(
                DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 6)), TWO_THREE_ONE, TWO_THREE_ONE);
        BlockOperator joined = OperatorBlocks.join(
                List.of(List.of(block, new ZeroOperator(6, 2)), List.of(new ZeroOperator(2, 6), block(random))),
                List.of(TWO_THREE_ONE, Partition.of(2)),
                List.of(TWO_THREE_ONE, Partition.of(2)));
        assertThat(joined.rowBlocks()).isEqualTo(Partition.of(2, 3, 1, 2));
        IntStream.range(0, 4)
                .forEach(i -> IntStream.range(0, 4)
                        .forEach(j -> assertThat(joined.block(i, j)).isNotInstanceOf(BlockOperator.class)));
    }

    private static LinearOperator block(Random random) {
        return DenseOperator.copyOf(random(random, DataType.DOUBLE, 2, 2));
    }

    @Test
    void structureSurvivesProductsAndSums() {
        LinearOperator dense = DenseOperator.copyOf(random(new Random(3), DataType.FLOAT, 3, 3));
        LinearOperator identity = new IdentityOperator(3);
        assertThat(OperatorAlgebra.product(identity, dense)).isSameAs(dense);
        assertThat(OperatorAlgebra.product(dense, identity)).isSameAs(dense);
        assertThat(OperatorAlgebra.product(dense, new ZeroOperator(3, 2)).isZero())
                .isTrue();
        assertThat(OperatorAlgebra.sum(dense, new ZeroOperator(3, 3))).isSameAs(dense);
        assertThat(OperatorAlgebra.sum(identity, identity)).isInstanceOf(DiagonalOperator.class);
    }

    @Test
    void aProductWithALowRankIsOfLowRankAndOneOfSparseMatricesIsSparse() {
        Random random = new Random(4);
        LinearOperator dense = DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 6));
        LinearOperator lowRank = LowRankOperator.of(
                DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 1)),
                DenseOperator.copyOf(random(random, DataType.DOUBLE, 6, 1)));
        assertThat(OperatorAlgebra.product(dense, lowRank)).isInstanceOf(LowRankOperator.class);
        assertThat(OperatorAlgebra.product(lowRank, dense)).isInstanceOf(LowRankOperator.class);
        LinearOperator corner =
                SparseOperator.of(SparseMatrix.entries(6, 6).add(0, 5, 2).toMatrix(), DataType.FLOAT);
        LinearOperator other =
                SparseOperator.of(SparseMatrix.entries(6, 6).add(5, 1, 3).toMatrix(), DataType.FLOAT);
        assertThat(OperatorAlgebra.product(corner, other)).isInstanceOfSatisfying(SparseOperator.class, product -> {
            assertThat(product.matrix().nonzeros()).isEqualTo(1);
            assertThat(product.matrix().get(0, 1)).isEqualTo(6);
            assertThat(product.dataType()).isEqualTo(DataType.FLOAT);
        });
    }

    @Test
    void productOfFloatsIsStoredAsFloats() {
        LinearOperator dense = DenseOperator.copyOf(random(new Random(3), DataType.FLOAT, 3, 3));
        DenseOperator product = (DenseOperator) OperatorAlgebra.product(dense, dense);
        assertThat(product.matrix().dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> OperatorAlgebra.product(new ZeroOperator(2, 3), new ZeroOperator(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> OperatorAlgebra.sum(new ZeroOperator(2, 3), new ZeroOperator(3, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("sizes must agree");
        assertThatThrownBy(() -> OperatorBlocks.divide(new IdentityOperator(3), Partition.of(2), Partition.of(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("add up");
    }

    private static void assertClose(LinearOperator actual, INDArray expected) {
        assertThat(actual.toDense(DataType.DOUBLE).sub(expected).norm2Number().doubleValue())
                .isLessThan(1e-14 * (1 + expected.norm2Number().doubleValue()));
    }
}
