package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The Lipschitz constants of DL4J's componentwise activations against difference quotients of their values. */
class LipschitzTest {
    private static final double STEP = 1.0 / 1024;

    static Stream<Activation> componentwise() {
        Stream<IActivation> named = Stream.of(org.nd4j.linalg.activations.Activation.values())
                .filter(activation -> activation != org.nd4j.linalg.activations.Activation.RRELU)
                .map(org.nd4j.linalg.activations.Activation::getActivationFunction);
        Stream<IActivation> others = Stream.of(
                new ActivationGELU(true),
                new ActivationLReLU(1.5),
                new ActivationLReLU(-0.5),
                new ActivationLReLU(-2),
                new ActivationELU(-1.5),
                new ActivationELU(0.5),
                new ActivationELU(3),
                new ActivationReLU(2.0, null, null),
                new ActivationReLU(3.0, null, -1.25),
                new ActivationReLU(null, 1.0, null),
                new ActivationReLU(null, -1.0, 0.1));
        return Stream.concat(named, others).map(Activations::of).filter(Activation::isComponentwise);
    }

    /** The largest |φ(z + h) − φ(z)|/h between −12 and 12. */
    private static double steepest(Activation phi) {
        INDArray z = Nd4j.arange(-12 / STEP, 12 / STEP + 1)
                .castTo(DataType.DOUBLE)
                .muli(STEP)
                .reshape('f', 1, -1);
        double[] values = phi.apply(z).reshape(z.length()).toDoubleVector();
        double steepest = 0;
        for (int i = 1; i < values.length; i++) {
            steepest = Math.max(steepest, Math.abs(values[i] - values[i - 1]) / STEP);
        }
        return steepest;
    }

    @ParameterizedTest
    @MethodSource("componentwise")
    void theConstantBoundsEveryQuotientAndIsNearlyReached(Activation phi) {
        double steepest = steepest(phi);
        if (Double.isInfinite(phi.lipschitz())) {
            assertThat(steepest).as("cubes and jumps").isGreaterThan(100);
        } else {
            assertThat(steepest).isBetween(0.998 * phi.lipschitz(), phi.lipschitz() * (1 + 1e-9));
        }
    }
}
