package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RowL1BallTest extends ConvexSetContract {
    private static final double KAPPA = 0.95;

    @Override
    ConvexSet set() {
        return new RowL1Ball(KAPPA);
    }

    @Override
    boolean holds(INDArray a) {
        return DenseOperator.copyOf(a).normInf() <= KAPPA;
    }

    @Override
    Matrix slowProjection(Matrix a) {
        return byBisection(a);
    }

    /** Every row by bisection on the threshold. */
    static Matrix byBisection(Matrix a) {
        Matrix result = a.copy();
        for (int i = 0; i < a.rows(); i++) {
            double low = 0;
            double high = a.maxAbs();
            if (sum(a, i, 0) <= KAPPA) {
                continue;
            }
            for (int k = 0; k < 200; k++) {
                double middle = 0.5 * (low + high);
                if (sum(a, i, middle) > KAPPA) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            for (int j = 0; j < a.cols(); j++) {
                result.set(i, j, Math.copySign(Math.max(0, Math.abs(a.get(i, j)) - high), a.get(i, j)));
            }
        }
        return result;
    }

    private static double sum(Matrix a, int i, double threshold) {
        double sum = 0;
        for (int j = 0; j < a.cols(); j++) {
            sum += Math.max(0, Math.abs(a.get(i, j)) - threshold);
        }
        return sum;
    }

    @Test
    void rowsWithinTheBallStayWhileOthersMove() {
        INDArray a = Nd4j.createFromArray(new double[][] {{0.5, -0.25}, {3, -1}});
        INDArray p = new RowL1Ball(1).project(a);
        assertThat(p.getRow(0)).isEqualTo(a.getRow(0));
        assertThat(p.getRow(1).sub(Nd4j.createFromArray(1.0, 0.0)).norm1Number().doubleValue())
                .isLessThan(1e-14);
    }

    @Test
    void entriesFarLargerThanTheRadiusKeepTheirOrder() {
        INDArray a = Nd4j.createFromArray(new double[][] {{1e16, 1e16, -1e16, 0}});
        INDArray p = new RowL1Ball(0.9).project(a);
        assertThat(p.sub(Nd4j.createFromArray(new double[][] {{0.3, 0.3, -0.3, 0}}))
                        .norm1Number()
                        .doubleValue())
                .isLessThan(1e-14);
    }

    /** More rows than are gathered at once, of which some lie inside. */
    @ParameterizedTest
    @ValueSource(chars = {'f', 'c'})
    void longMatricesAreProjectedRowByRow(char order) {
        Matrix a = Equations.gaussian(new Random(14), 300, 33, 0.04);
        Matrix expected = byBisection(a);
        Matrix found = Matrix.copyOf(
                new RowL1Ball(KAPPA).project(a.toArray(DataType.DOUBLE).dup(order)));
        int inside = 0;
        for (int i = 0; i < a.rows(); i++) {
            boolean isInside = sum(a, i, 0) <= KAPPA;
            inside += isInside ? 1 : 0;
            for (int j = 0; j < a.cols(); j++) {
                assertThat(found.get(i, j)).isCloseTo(expected.get(i, j), within(isInside ? 0 : 1e-14));
            }
        }
        assertThat(inside).as("rows inside").isBetween(50, 250);
    }

    @Test
    void rowsWhoseSumOverflowsAreProjected() {
        INDArray a = Nd4j.createFromArray(new double[][] {{1e308, -1e308, 1e308, 3}});
        INDArray p = new RowL1Ball(0.9).project(a);
        assertThat(p.sub(Nd4j.createFromArray(new double[][] {{0.3, -0.3, 0.3, 0}}))
                        .norm1Number()
                        .doubleValue())
                .isLessThan(1e-14);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void theRadiusMustBePositiveAndFinite(double kappa) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new RowL1Ball(kappa))
                .withMessageContaining(String.valueOf(kappa));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new ColumnL1Ball(kappa));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new SpectralBall(kappa));
    }
}
