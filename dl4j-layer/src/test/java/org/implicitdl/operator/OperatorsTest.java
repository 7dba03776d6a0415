package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How operators are made, and what is refused. */
class OperatorsTest {

    @Test
    void operatorsShareNothingWithTheArraysTheyAreMadeOf() {
        INDArray matrix = Numbers.normalArray(1, DataType.DOUBLE, 3, 3);
        INDArray vector = Numbers.normalArray(2, DataType.DOUBLE, 3, 1);
        LinearOperator dense = DenseOperator.copyOf(matrix);
        LinearOperator diagonal = DiagonalOperator.copyOf(vector);
        INDArray denseBefore = dense.toDense(DataType.DOUBLE);
        INDArray diagonalBefore = diagonal.toDense(DataType.DOUBLE);
        matrix.assign(5);
        vector.assign(5);
        assertThat(dense.toDense(DataType.DOUBLE)).isEqualTo(denseBefore);
        assertThat(diagonal.toDense(DataType.DOUBLE)).isEqualTo(diagonalBefore);
    }

    @Test
    void blockOperatorsKeepTheirBlocksWhateverBecomesOfTheList() {
        List<LinearOperator> row = Arrays.asList(new IdentityOperator(2), new ZeroOperator(2, 2));
        BlockOperator operator = BlockOperator.of(List.of(row));
        row.set(0, new ZeroOperator(2, 2));
        assertThat(operator.block(0, 0)).isEqualTo(new IdentityOperator(2));
        assertThat(operator.rowBlocks()).isEqualTo(Partition.of(2));
        assertThat(operator.colBlocks()).isEqualTo(Partition.of(2, 2));
    }

    @Test
    void diagonalsAreTakenFromVectorsOfAnyRank() {
        INDArray expected = Nd4j.diag(Nd4j.createFromArray(1.0, 2.0, 3.0));
        for (INDArray vector : List.of(
                Nd4j.createFromArray(1.0, 2.0, 3.0),
                Nd4j.createFromArray(new double[][] {{1, 2, 3}}),
                Nd4j.createFromArray(new double[][] {{1}, {2}, {3}}))) {
            assertThat(DiagonalOperator.copyOf(vector).toDense(DataType.DOUBLE).equalsWithEps(expected, 0))
                    .isTrue();
        }
        assertThatThrownBy(() -> DiagonalOperator.copyOf(Nd4j.ones(DataType.DOUBLE, 2, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 2]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatAreNotFiniteAreRefusedWithTheirPlace(double bad) {
        INDArray matrix = Nd4j.ones(DataType.DOUBLE, 2, 3);
        matrix.putScalar(1, 1, bad);
        assertThatThrownBy(() -> DenseOperator.copyOf(matrix))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("entry 4 of 6 is " + bad);
        INDArray vector = Nd4j.createFromArray(1.0, 2.0, bad);
        assertThatThrownBy(() -> DiagonalOperator.copyOf(vector))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("diagonal")
                .hasMessageContaining("entry 2 of 3 is " + bad);
    }

    @Test
    void finiteNumbersWhoseSumOverflowsAreTaken() {
        INDArray large = Nd4j.valueArrayOf(new long[] {2, 2}, Double.MAX_VALUE, DataType.DOUBLE);
        assertThat(DenseOperator.copyOf(large).toDense(DataType.DOUBLE)).isEqualTo(large);
    }

    @Test
    void aViewFollowsItsArrayAndACopyDoesNot() {
        INDArray matrix = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
        INDArray ones = Nd4j.ones(DataType.DOUBLE, 2, 1);
        LinearOperator view = DenseOperator.viewOf(matrix);
        LinearOperator transposed = view.transpose();
        LinearOperator copy = DenseOperator.copyOf(matrix);
        matrix.putScalar(0, 1, 10);
        assertThat(view.times(ones)).isEqualTo(Nd4j.createFromArray(new double[][] {{11}, {7}}));
        assertThat(transposed.times(ones)).isEqualTo(Nd4j.createFromArray(new double[][] {{4}, {14}}));
        assertThat(copy.times(ones)).isEqualTo(Nd4j.createFromArray(new double[][] {{3}, {7}}));
    }

    @Test
    void denseOperatorsTakeMatricesOnly() {
        assertThatThrownBy(() -> DenseOperator.copyOf(Nd4j.ones(DataType.DOUBLE, 2, 3, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("rank 2")
                .hasMessageContaining("[2, 3, 4]");
    }

    @Test
    void sizesAreAtLeastOne() {
        assertThatThrownBy(() -> new IdentityOperator(0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("at least 1, but is 0");
        assertThatThrownBy(() -> new ZeroOperator(2, -1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("cols")
                .hasMessageContaining("-1");
    }

    @Test
    void blocksThatDoNotFitAreRefused() {
        LinearOperator two = new IdentityOperator(2);
        assertThatThrownBy(() -> BlockOperator.of(List.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("at least one block");
        assertThatThrownBy(() -> BlockOperator.of(List.of(List.of(two, two), List.of(two))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("row 1 holds 1");
        assertThatThrownBy(() -> BlockOperator.of(List.of(List.of(two, two), List.of(two, new ZeroOperator(2, 3)))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("Block (1, 1) must be [2, 2]")
                .hasMessageContaining("[2, 3]");
    }

    @Test
    void rowsOfBlocksSkipTheZeros() {
        BlockOperator operator = BlockOperator.of(List.of(
                List.of(new ZeroOperator(2, 2), new IdentityOperator(2)),
                List.of(new ZeroOperator(2, 2), new ZeroOperator(2, 2))));
        INDArray x = Numbers.normalArray(3, DataType.DOUBLE, 2, 3);
        assertThat(operator.rowTimes(0, Arrays.asList(null, x))).contains(x);
        assertThat(operator.rowTimes(1, Arrays.asList(null, null))).isEmpty();
    }

    @Test
    void structureIsSaidInWords() {
        assertThat(new ZeroOperator(2, 3)).hasToString("zero [2, 3]");
        assertThat(BlockOperator.of(List.of(List.of(new IdentityOperator(2), new ZeroOperator(2, 1)))))
                .hasToString("block [2, 3] of [2] x [2, 1]");
    }
}
