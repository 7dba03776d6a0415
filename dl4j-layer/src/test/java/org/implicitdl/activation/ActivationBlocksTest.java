package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ActivationBlocksTest {
    private static final IActivation MIXED = new ActivationBlocks(
            List.of(2, 1, 3), List.of(new ActivationTanH(), new ActivationLReLU(0.3), new ActivationSoftmax()));

    private static INDArray rows() {
        return Nd4j.createFromArray(new double[][] {{0.5, -1, -2, 1, 0.25, -3}, {-0.125, 2, 4, 0, 1, 1}});
    }

    private static INDArray part(INDArray rows, int from, int to) {
        return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
    }

    @Test
    void eachBlockOfColumnsHasItsActivation() {
        INDArray in = rows();
        INDArray out = MIXED.getActivation(in, false);
        assertThat(out).isSameAs(in);
        assertThat(part(out, 0, 2)).isEqualTo(new ActivationTanH().getActivation(part(rows(), 0, 2), false));
        assertThat(part(out, 2, 3)).isEqualTo(new ActivationLReLU(0.3).getActivation(part(rows(), 2, 3), false));
        assertThat(part(out, 3, 6)).isEqualTo(new ActivationSoftmax().getActivation(part(rows(), 3, 6), false));
    }

    /** Central differences of ∑ v·φ(z) with step 2⁻¹⁷, whose error is about 1e-10. */
    @Test
    void gradientAgreesWithFiniteDifferences() {
        INDArray v = Nd4j.createFromArray(new double[][] {{1, -2, 0.5, 3, -1, 0.75}, {0.25, 1, 2, -1, 0.5, 1}});
        INDArray gradient = MIXED.backprop(rows(), v.dup()).getFirst();
        double step = 0x1p-17;
        for (int k = 0; k < 12; k++) {
            double above = moved(k, step, v);
            double below = moved(k, -step, v);
            assertThat(gradient.getDouble(k / 6, k % 6))
                    .as("entry %d", k)
                    .isCloseTo((above - below) / (2 * step), within(1e-8));
        }
    }

    private static double moved(int k, double step, INDArray v) {
        INDArray z = rows();
        z.putScalar(k / 6, k % 6, z.getDouble(k / 6, k % 6) + step);
        return MIXED.getActivation(z, false).mul(v).sumNumber().doubleValue();
    }

    @Test
    void isTheMapOfItsBlocks() {
        org.implicitdl.activation.Activation map = Activations.of(MIXED);
        assertThat(map)
                .isEqualTo(BlockActivation.of(
                        Partition.of(2, 1, 3), List.of(Activations.tanh(), Activations.leakyRelu(0.3), new Softmax())));
        assertThat(ActivationBlocks.of(map)).isEqualTo(MIXED);
        assertThat(MIXED.numParams(6)).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "RRELU")
    void everyMapOfDl4jHasItsWayBack(Activation named) {
        org.implicitdl.activation.Activation map = Activations.of(named);
        assertThat(Activations.of(ActivationBlocks.of(map))).isEqualTo(map);
    }

    @Test
    void mapsThatDl4jHasNotAndSizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> ActivationBlocks.of(new MaxPooling(2, Windows.whole(4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max pooling");
        assertThatThrownBy(() -> ActivationBlocks.of(Activations.arctan()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arctan");
        assertThatThrownBy(() -> new ActivationBlocks(List.of(1, 2), List.of(new ActivationTanH())))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 sizes and 1 activations");
        assertThatThrownBy(() -> new ActivationBlocks(List.of(0), List.of(new ActivationTanH())))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> MIXED.getActivation(Nd4j.ones(2, 5), false))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[samples, 6]")
                .hasMessageContaining("[2, 5]");
    }
}
