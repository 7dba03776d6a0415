package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SoftmaxTest {
    private final Softmax softmax = new Softmax();

    @Test
    void columnsAreExponentialsThatSumToOne() {
        INDArray z = Samples.normal(50, DataType.DOUBLE, 5, 8, 2);
        INDArray p = softmax.apply(z);
        for (int j = 0; j < 8; j++) {
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                sum += Math.exp(z.getDouble(i, j));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(p.getDouble(i, j)).isCloseTo(Math.exp(z.getDouble(i, j)) / sum, within(1e-15));
            }
        }
    }

    @Test
    void isTheGradientOfTheLogarithmOfTheSumOfExponentials() {
        INDArray z = Samples.normal(51, DataType.DOUBLE, 4, 3, 2);
        INDArray p = softmax.apply(z);
        double h = 1e-5;
        for (int i = 0; i < 4; i++) {
            INDArray up = z.dup();
            up.getRow(i).addi(h);
            INDArray down = z.dup();
            down.getRow(i).subi(h);
            INDArray slope = softmax.potential(up).sub(softmax.potential(down)).div(2 * h);
            assertThat(slope.equalsWithEps(p.getRow(i, true), 1e-9)).isTrue();
        }
    }

    /** φ*(x) + Φ(z) ≥ xᵀz on the simplex, with equality for x = φ(z). */
    @Test
    void fenchelYoungHoldsWithTheNegativeEntropy() {
        INDArray z = Samples.normal(52, DataType.DOUBLE, 4, 50, 2);
        INDArray p = softmax.apply(z);
        INDArray other = softmax.apply(Samples.normal(53, DataType.DOUBLE, 4, 50, 2));
        INDArray potential = softmax.potential(z);
        for (int j = 0; j < 50; j++) {
            assertThat(gap(p, z, potential, j)).isCloseTo(0, within(1e-14));
            assertThat(gap(other, z, potential, j)).isPositive();
        }
    }

    private static double gap(INDArray x, INDArray z, INDArray potential, int j) {
        double gap = potential.getDouble(0, j);
        for (int i = 0; i < x.rows(); i++) {
            gap += x.getDouble(i, j) * (Math.log(x.getDouble(i, j)) - z.getDouble(i, j));
        }
        return gap;
    }

    @Test
    void lipschitzConstantIsAttainedByTwoEqualComponents() {
        INDArray z = Nd4j.create(DataType.DOUBLE, 2, 1);
        INDArray v = Nd4j.createFromArray(new double[][] {{1}, {-1}});
        assertThat(softmax.transposedJacobianTimes(z, v).equalsWithEps(v.mul(softmax.lipschitz()), 1e-15))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void hugeNumbersGiveNoNaN(DataType type) {
        INDArray z = Nd4j.createFromArray(new double[][] {{1e30, -1e30, 0, -1000}, {-1e30, -1e30, 1000, -1000}})
                .castTo(type);
        INDArray expected = Nd4j.createFromArray(new double[][] {{1, 0.5, 0, 0.5}, {0, 0.5, 1, 0.5}})
                .castTo(type);
        assertThat(softmax.apply(z).equalsWithEps(expected, 0)).isTrue();
        INDArray potential = softmax.potential(z);
        assertThat(potential.getDouble(0, 0)).isEqualTo(z.getDouble(0, 0));
        assertThat(potential.getDouble(0, 1)).isEqualTo(z.getDouble(0, 1));
        assertThat(potential.getDouble(0, 2)).isEqualTo(1000);
    }

    @Test
    void aSingleComponentIsAlwaysOne() {
        INDArray z = Samples.normal(54, DataType.DOUBLE, 1, 5, 3);
        assertThat(softmax.apply(z)).isEqualTo(Nd4j.ones(DataType.DOUBLE, 1, 5));
        assertThat(softmax.transposedJacobianTimes(z, z).amaxNumber().doubleValue())
                .isZero();
    }
}
