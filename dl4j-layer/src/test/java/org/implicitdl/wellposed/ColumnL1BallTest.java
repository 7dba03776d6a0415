package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ColumnL1BallTest extends ConvexSetContract {

    @Override
    ConvexSet set() {
        return new ColumnL1Ball(0.95);
    }

    @Override
    boolean holds(INDArray a) {
        return DenseOperator.copyOf(a).norm1() <= 0.95;
    }

    @Override
    Matrix slowProjection(Matrix a) {
        return RowL1BallTest.byBisection(a.transpose()).transpose();
    }

    @Test
    void plainMatricesAreProjectedOnCopies() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Matrix a = new Matrix(7, 5, random.doubles(35, -1, 1).toArray());
            Matrix copy = a.copy();
            Matrix projected = new ColumnL1Ball(0.95).project(a);
            assertThat(projected.values())
                    .as("seed %d", seed)
                    .containsExactly(slowProjection(a).values(), within(1e-12));
            assertThat(a).isEqualTo(copy);
        }
    }

    @Test
    void plainMatricesWithoutNumbersAreRefused() {
        Matrix a = Matrix.identity(3);
        a.set(2, 1, Double.NaN);
        assertThatThrownBy(() -> new ColumnL1Ball(0.95).project(a))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("(2, 1) is NaN");
    }
}
