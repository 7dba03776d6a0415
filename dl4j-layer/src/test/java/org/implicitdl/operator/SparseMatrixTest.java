package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class SparseMatrixTest {

    static SparseMatrix random(long seed, int rows, int cols, double density) {
        Random random = new Random(seed);
        SparseEntries entries = SparseMatrix.entries(rows, cols);
        // From the last place to the first, so that nothing comes in order.
        for (int place = rows * cols - 1; place >= 0; place--) {
            if (random.nextDouble() < density) {
                entries.add(place % rows, place / rows, random.nextGaussian());
            }
        }
        return entries.toMatrix();
    }

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void productsTransposesRowsAndSlicesAreThoseOfTheDenseMatrix(int seed) {
        SparseMatrix left = random(seed, 7, 5, 0.4);
        SparseMatrix right = random(100 + seed, 5, 6, 0.4);
        assertThat(Numbers.distance(left.times(right).toMatrix(), Numbers.times(left.toMatrix(), right.toMatrix())))
                .isLessThan(1e-14);
        assertThat(left.transpose().toMatrix()).isEqualTo(left.toMatrix().transpose());
        Matrix rows = left.rows(6, 2, 2).toMatrix();
        Matrix slice = left.slice(2, 6, 1, 4).toMatrix();
        for (int j = 0; j < 5; j++) {
            assertThat(rows.get(0, j)).isEqualTo(left.get(6, j));
            assertThat(rows.get(2, j)).isEqualTo(left.get(2, j));
        }
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(slice.get(i, j)).isEqualTo(left.get(i + 2, j + 1));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theBestOperatorOfItsNonzerosIsTheSameMatrix(int seed) {
        SparseMatrix matrix = random(seed, 9, 8, seed / 20.0);
        assertThat(matrix.toOperator(DataType.DOUBLE).toDense(DataType.DOUBLE))
                .isEqualTo(matrix.toMatrix().toArray(DataType.DOUBLE));
        assertThat(SparseMatrix.of(matrix.toOperator(DataType.DOUBLE))).isEqualTo(matrix);
    }

    @ParameterizedTest
    @MethodSource("org.implicitdl.operator.LinearOperatorContractTest#all")
    void everyOperatorShowsItsNonzeros(LinearOperator operator) {
        SparseMatrix nonzeros = SparseMatrix.of(operator);
        assertThat(Numbers.distance(nonzeros.toMatrix(), Matrix.copyOf(operator.toDense(DataType.DOUBLE))))
                .isLessThan(1e-6);
        for (int k = 0; k < nonzeros.nonzeros(); k++) {
            assertThat(nonzeros.value(k)).isNotZero();
        }
    }

    @Test
    void nonzerosAreOrderedSummedAndFreeOfZeros() {
        SparseMatrix matrix = SparseMatrix.entries(2, 3)
                .add(1, 2, 5)
                .add(0, 1, 1)
                .add(1, 0, 4)
                .add(0, 1, 2)
                .add(1, 1, 7)
                .add(1, 1, -7)
                .add(0, 0, 0)
                .toMatrix();
        assertThat(matrix.nonzeros()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(matrix::column)).containsExactly(1, 0, 2);
        assertThat(IntStream.range(0, 3).mapToDouble(matrix::value)).containsExactly(3.0, 4.0, 5.0);
        assertThat(matrix.start(1)).isEqualTo(1);
        assertThat(matrix.end(1)).isEqualTo(3);
    }

    @Test
    void theFormOfAnOperatorFollowsItsNonzeros() {
        SparseMatrix diagonal =
                SparseMatrix.entries(2, 2).add(0, 0, 1).add(1, 1, 3).toMatrix();
        assertThat(diagonal.toOperator(DataType.FLOAT)).isInstanceOf(DiagonalOperator.class);
        assertThat(diagonal.map(Math::signum).toOperator(DataType.FLOAT)).isEqualTo(new IdentityOperator(2));
        assertThat(diagonal.rows(0).toOperator(DataType.FLOAT)).isInstanceOf(DenseOperator.class);
        assertThat(SparseMatrix.entries(5, 5).add(0, 3, 1).toMatrix().toOperator(DataType.FLOAT))
                .isInstanceOf(SparseOperator.class);
        assertThat(SparseMatrix.entries(5, 4).toMatrix().toOperator(DataType.FLOAT))
                .isEqualTo(new ZeroOperator(5, 4));
    }

    @Test
    void whatIsTooLargeToLookThroughIsRefusedBeforeItIsTried() {
        LinearOperator thin = DenseOperator.copyOf(Nd4j.ones(DataType.FLOAT, 1 << 15, 1));
        LinearOperator lowRank = LowRankOperator.of(thin, BlockOperator.of(List.of(List.of(thin), List.of(thin))));
        assertThatThrownBy(() -> SparseMatrix.of(lowRank))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("matrix [32768, 65536]")
                .hasMessageContaining("1073741824");
    }

    @Test
    void placesOutsideAndProductsThatDoNotExistAreRefused() {
        assertThatThrownBy(() -> SparseMatrix.entries(2, 3).add(2, 0, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("(2, 0)");
        SparseMatrix matrix = SparseMatrix.entries(2, 3).toMatrix();
        assertThatThrownBy(() -> matrix.times(matrix))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("as many columns");
    }

    @Test
    void entriesThatAFloatCannotHoldAreRefused() {
        SparseMatrix huge = SparseMatrix.entries(1, 1).add(0, 0, 1e300).toMatrix();
        assertThatThrownBy(() -> SparseOperator.of(huge, DataType.FLOAT))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("1.0E300");
    }

    @Test
    void factorsOfDifferentRankAreRefused() {
        assertThatThrownBy(() -> LowRankOperator.of(new ZeroOperator(4, 2), new ZeroOperator(4, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[4, 2]")
                .hasMessageContaining("[4, 3]");
    }
}
