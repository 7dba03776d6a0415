package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MatrixTest {

    @Test
    void entriesAreStoredColumnByColumn() {
        Matrix matrix = Matrix.ofRows(new double[] {1, 2, 3}, new double[] {4, 5, 6});
        assertThat(matrix.values()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(matrix.get(1, 2)).isEqualTo(6);
        matrix.set(0, 1, 7);
        assertThat(matrix).isEqualTo(new Matrix(2, 3, new double[] {1, 4, 7, 5, 3, 6}));
        assertThat(Matrix.identity(2)).isEqualTo(new Matrix(2, 2, new double[] {1, 0, 0, 1}));
    }

    @Test
    void arraysGoThereAndBackInEveryLayout() {
        for (int[] shape : new int[][] {{1, 1}, {1, 4}, {4, 1}, {3, 2}}) {
            Matrix matrix = Numbers.normal(1, shape[0], shape[1]);
            INDArray array = matrix.toArray(DataType.DOUBLE);
            assertThat(array.shape()).containsExactly(shape[0], shape[1]);
            assertThat(Matrix.copyOf(array)).isEqualTo(matrix);
            assertThat(Matrix.copyOf(array.dup('c'))).isEqualTo(matrix);
            assertThat(Matrix.copyOf(array.transpose())).isEqualTo(matrix.transpose());
            assertThat(Matrix.copyOf(Numbers.view(array, 'c'))).isEqualTo(matrix);
            assertThat(Matrix.copyOf(Numbers.view(array, 'f'))).isEqualTo(matrix);
        }
    }

    @Test
    void copiesShareNothing() {
        INDArray array = Numbers.normalArray(2, DataType.DOUBLE, 2, 2);
        Matrix matrix = Matrix.copyOf(array);
        Matrix copy = matrix.copy();
        INDArray back = matrix.toArray(DataType.DOUBLE);
        array.assign(9);
        assertThat(matrix).isEqualTo(copy);
        matrix.set(0, 0, 5);
        assertThat(copy).isNotEqualTo(matrix);
        assertThat(Matrix.copyOf(back)).isEqualTo(copy);
    }

    @Test
    void singlePrecisionIsWidenedExactlyAndRoundedOnTheWayBack() {
        Matrix matrix = Matrix.ofRows(new double[] {0.1, 0.2});
        Matrix rounded = Matrix.copyOf(matrix.toArray(DataType.FLOAT));
        assertThat(rounded.values()).containsExactly(0.1f, 0.2f);
    }

    @Test
    void normsAreThoseOfTheDefinition() {
        Matrix matrix = Matrix.ofRows(new double[] {3, 0}, new double[] {0, -4});
        assertThat(matrix.frobeniusNorm()).isEqualTo(5);
        assertThat(matrix.maxAbs()).isEqualTo(4);
        assertThat(Matrix.zeros(0, 3).frobeniusNorm()).isZero();
        assertThat(Matrix.zeros(0, 3).maxAbs()).isZero();
        Matrix huge = Matrix.ofRows(new double[] {3e200, 4e200});
        assertThat(huge.frobeniusNorm()).isCloseTo(5e200, within(1e185));
        Matrix tiny = Matrix.ofRows(new double[] {3e-200, 4e-200});
        assertThat(tiny.frobeniusNorm()).isCloseTo(5e-200, within(1e-215));
        assertThat(Matrix.ofRows(new double[] {1, Double.NaN}).frobeniusNorm()).isNaN();
    }

    @Test
    void emptyMatricesHaveNoEntries() {
        assertThat(Matrix.ofRows()).isEqualTo(Matrix.zeros(0, 0));
        assertThat(Matrix.zeros(0, 3).transpose()).isEqualTo(Matrix.zeros(3, 0));
        INDArray empty = Matrix.zeros(0, 3).toArray(DataType.FLOAT);
        assertThat(empty.shape()).containsExactly(0, 3);
        assertThat(empty.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(Matrix.copyOf(empty)).isEqualTo(Matrix.zeros(0, 3));
    }

    @Test
    void wrongLengthsAndRanksAreRefused() {
        assertThatThrownBy(() -> new Matrix(2, 2, new double[3]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 2] takes 4 values, but 3");
        assertThatThrownBy(() -> new Matrix(-1, -1, new double[1])).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Matrix.ofRows(new double[] {1, 2}, new double[] {3}))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("row 1 holds 1");
        assertThatThrownBy(() -> Matrix.copyOf(Nd4j.ones(DataType.DOUBLE, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("rank 2");
    }

    @Test
    void sumsAndInnerProductsAreThoseOfTheEntries() {
        Matrix a = Matrix.ofRows(new double[] {1, 2}, new double[] {3, 4});
        Matrix b = Matrix.ofRows(new double[] {5, 6}, new double[] {7, 8});

        assertThat(a.plus(2, b)).isEqualTo(Matrix.ofRows(new double[] {11, 14}, new double[] {17, 20}));
        assertThat(a.get(0, 0)).isEqualTo(1);
        assertThat(a.dot(b)).isEqualTo(5 + 12 + 21 + 32);
        assertThat(a.squaredDistance(b)).isEqualTo(4 * 16);
        assertThat(a.squared().dot(a)).isEqualTo(1 + 8 + 27 + 64);
        assertThat(b.copy().addToDiagonal(2)).isEqualTo(Matrix.ofRows(new double[] {7, 6}, new double[] {7, 10}));
        assertThatThrownBy(() -> Matrix.zeros(1, 2).addToDiagonal(1)).isInstanceOf(ShapeException.class);
        assertThat(a.add(-1, b)).isSameAs(a).isEqualTo(Matrix.ofRows(new double[] {-4, -4}, new double[] {-4, -4}));
        assertThatThrownBy(() -> a.plus(1, Matrix.zeros(1, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[1, 4]");
    }

    @Test
    void partsAreCopiesThatGoBackToTheirPlace() {
        Matrix matrix = Numbers.normal(4, 3, 4);
        Matrix part = matrix.part(1, 3, 2, 4);

        assertThat(part).isEqualTo(Matrix.ofRows(new double[] {matrix.get(1, 2), matrix.get(1, 3)}, new double[] {
            matrix.get(2, 2), matrix.get(2, 3)
        }));
        Matrix other = Matrix.zeros(3, 4);
        other.write(part, 1, 2);
        assertThat(other.part(1, 3, 2, 4)).isEqualTo(part);
        assertThat(other.part(0, 3, 0, 2)).isEqualTo(Matrix.zeros(3, 2));
        assertThatThrownBy(() -> matrix.part(0, 4, 0, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> other.write(part, 2, 2)).isInstanceOf(ShapeException.class);
    }

    @Test
    void aMatrixStandsAboveAnotherOfAsManyColumns() {
        Matrix a = Matrix.ofRows(new double[] {1, 2});

        assertThat(Matrix.above(a, Matrix.identity(2)))
                .isEqualTo(Matrix.ofRows(new double[] {1, 2}, new double[] {1, 0}, new double[] {0, 1}));
        assertThat(a.aboveOnes()).isEqualTo(Matrix.ofRows(new double[] {1, 2}, new double[] {1, 1}));
        assertThatThrownBy(() -> Matrix.above(a, Matrix.zeros(1, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[1, 3]");
    }

    @Test
    void aMatrixStandsBesideAnotherOfAsManyRows() {
        Matrix a = Matrix.ofRows(new double[] {1}, new double[] {2});

        assertThat(Matrix.beside(a, Matrix.identity(2)))
                .isEqualTo(Matrix.ofRows(new double[] {1, 1, 0}, new double[] {2, 0, 1}));
        assertThat(Matrix.beside(Matrix.zeros(2, 0), a)).isEqualTo(a);
        assertThatThrownBy(() -> Matrix.beside(a, Matrix.zeros(3, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 1]");
    }
}
