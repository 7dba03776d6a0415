package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class BlasTest {
    private static final int SEED = 71;
    private static final int[][] SIZES = {{3, 4, 5}, {1, 4, 5}, {3, 4, 1}, {3, 1, 5}, {1, 1, 1}, {1, 6, 1}};

    /** How an array lies in memory. */
    private enum Layout {
        ROWS,
        COLUMNS,
        ROWS_OF_LARGER,
        COLUMNS_OF_LARGER,
        EVERY_OTHER
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void theProductIsTheSumOfProductsHoweverTheArraysLieInMemory(DataType type) {
        Random random = new Random(SEED);
        for (int[] size : SIZES) {
            for (Layout layoutA : Layout.values()) {
                for (Layout layoutB : Layout.values()) {
                    for (Layout layoutC : Layout.values()) {
                        if (layoutC != Layout.EVERY_OTHER) {
                            for (int flags = 0; flags < 8; flags++) {
                                check(random, type, size, flags, layoutA, layoutB, layoutC);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void check(Random random, DataType type, int[] size, int flags, Layout ofA, Layout ofB, Layout ofC) {
        boolean aT = (flags & 1) != 0;
        boolean bT = (flags & 2) != 0;
        boolean cT = (flags & 4) != 0;
        INDArray a = drawn(random, type, aT ? size[1] : size[0], aT ? size[0] : size[1], ofA);
        INDArray b = drawn(random, type, bT ? size[2] : size[1], bT ? size[1] : size[2], ofB);
        INDArray c = drawn(random, type, cT ? size[2] : size[0], cT ? size[0] : size[2], ofC);
        double[][] expected = new double[size[0]][size[2]];
        for (int i = 0; i < size[0]; i++) {
            for (int j = 0; j < size[2]; j++) {
                expected[i][j] = 0.5 * entry(c, cT, i, j);
                for (int k = 0; k < size[1]; k++) {
                    expected[i][j] += entry(a, aT, i, k) * entry(b, bT, k, j);
                }
            }
        }

        Blas.multiply(a, aT, b, bT, 0.5, c, cT);

        for (int i = 0; i < size[0]; i++) {
            for (int j = 0; j < size[2]; j++) {
                assertThat(entry(c, cT, i, j))
                        .as("%s %s %s, flags %d, seed %d", ofA, ofB, ofC, flags, SEED)
                        .isCloseTo(
                                expected[i][j],
                                org.assertj.core.api.Assertions.within(type == DataType.FLOAT ? 1e-5 : 1e-14));
            }
        }
    }

    private static double entry(INDArray array, boolean transposed, int i, int j) {
        return transposed ? array.getDouble(j, i) : array.getDouble(i, j);
    }

    private static INDArray drawn(Random random, DataType type, int rows, int columns, Layout layout) {
        INDArray array = empty(type, rows, columns, layout);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                array.putScalar(i, j, random.nextGaussian());
            }
        }
        return array;
    }

    private static INDArray empty(DataType type, int rows, int columns, Layout layout) {
        return switch (layout) {
            case ROWS -> Nd4j.create(type, new long[] {rows, columns}, 'c');
            case COLUMNS -> Nd4j.create(type, new long[] {rows, columns}, 'f');
            case ROWS_OF_LARGER -> part(Nd4j.create(type, new long[] {rows + 2, columns + 3}, 'c'), rows, columns);
            case COLUMNS_OF_LARGER -> part(Nd4j.create(type, new long[] {rows + 2, columns + 3}, 'f'), rows, columns);
            case EVERY_OTHER ->
                Nd4j.create(type, new long[] {2 * rows, 2 * columns}, 'c')
                        .get(NDArrayIndex.interval(0, 2, 2 * rows), NDArrayIndex.interval(0, 2, 2 * columns));
        };
    }

    private static INDArray part(INDArray whole, int rows, int columns) {
        return whole.get(NDArrayIndex.interval(1, rows + 1), NDArrayIndex.interval(2, columns + 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aCopyHasTheSameEntriesHoweverTheArraysLieInMemory(DataType type) {
        Random random = new Random(SEED);
        for (int[] size : SIZES) {
            for (Layout layout : Layout.values()) {
                for (Layout other : Layout.values()) {
                    INDArray from = drawn(random, type, size[0], size[1], layout);
                    INDArray to = drawn(random, type, size[0], size[1], other);

                    Blas.copy(from, to);

                    assertThat(to.dup()).as("%s to %s", layout, other).isEqualTo(from.dup());
                }
            }
        }
        INDArray whole = Nd4j.ones(type, 4, 4);
        Blas.copy(Nd4j.zeros(type, 2, 2), whole.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(2, 4)));
        assertThat(whole.sumNumber().doubleValue()).isEqualTo(12);
        assertThatThrownBy(() -> Blas.copy(Nd4j.zeros(type, 2, 3), Nd4j.zeros(type, 3, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 2]");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void everyRowIsFilled(DataType type) {
        INDArray target = Nd4j.zeros(type, 3, 2);

        Blas.fillRows(target, Nd4j.createFromArray(1.5, -2).castTo(type));

        assertThat(target)
                .isEqualTo(Nd4j.createFromArray(new double[][] {{1.5, -2}, {1.5, -2}, {1.5, -2}})
                        .castTo(type));
    }

    /** Whose memory BLAS would overrun. */
    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "INT"})
    void otherTypesAreNeitherCopiedNorFilled(DataType type) {
        INDArray array = Nd4j.zeros(type, 2, 3);

        assertThatThrownBy(() -> Blas.copy(array, array))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FLOAT or DOUBLE, but found " + type);
        assertThatThrownBy(() -> Blas.fillRows(array, Nd4j.zeros(type, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FLOAT or DOUBLE, but found " + type);
    }

    @Test
    void rowsOfAnotherLengthOrTypeAreNotFilled() {
        assertThatThrownBy(() -> Blas.fillRows(Nd4j.zeros(DataType.FLOAT, 2, 3), Nd4j.zeros(DataType.FLOAT, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[4]");
        assertThatThrownBy(() -> Blas.fillRows(Nd4j.zeros(DataType.FLOAT, 2, 3), Nd4j.zeros(DataType.DOUBLE, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("DOUBLE");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void shapesThatDoNotFitAreNamed(DataType type) {
        INDArray a = Nd4j.zeros(type, 2, 3);

        assertThatThrownBy(() -> Blas.multiply(a, false, a, false, 0, Nd4j.zeros(type, 2, 3), false))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("transposed");
        assertThatThrownBy(() -> Blas.multiply(a, false, a, true, 0, Nd4j.zeros(DataType.INT32, 2, 2), false))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("INT");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aResultWithGapsInRowsAndColumnsIsRefusedInsteadOfACopyBeingFilled(DataType type) {
        INDArray a = Nd4j.ones(type, 2, 2);
        INDArray gaps = Nd4j.zeros(type, 3, 3).get(NDArrayIndex.interval(0, 2, 3), NDArrayIndex.interval(0, 2, 3));

        assertThatThrownBy(() -> Blas.multiply(a, false, a, false, 0, gaps, false))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("strides");
    }
}
