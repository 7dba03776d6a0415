package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of numbers against the scalar functions, and against DL4J's own. */
class ArrayActivationTest {
    private static final List<DataType> TYPES = List.of(DataType.DOUBLE, DataType.FLOAT);

    static Stream<Arguments> fenchelOfBothTypes() {
        return TYPES.stream().flatMap(type -> Samples.fenchel().map(phi -> Arguments.of(phi, type)));
    }

    static Stream<Arguments> dl4jOfBothTypes() {
        Stream<IActivation> named = Stream.of(Activation.values())
                .filter(activation -> activation != Activation.RRELU)
                .map(Activation::getActivationFunction);
        List<IActivation> all = Stream.concat(
                        named,
                        Stream.of(
                                new ActivationLReLU(0.3),
                                new ActivationLReLU(1.5),
                                new ActivationReLU(2.0, null, null),
                                new ActivationReLU(null, 1.0, null),
                                new ActivationReLU(null, null, 0.2),
                                new ActivationGELU(true)))
                .toList();
        return TYPES.stream().flatMap(type -> all.stream().map(activation -> Arguments.of(activation, type)));
    }

    private static double rounding(DataType type) {
        return type == DataType.DOUBLE ? 1e-15 : 5e-7;
    }

    @ParameterizedTest
    @MethodSource("fenchelOfBothTypes")
    void arraysEqualTheScalars(FenchelActivation phi, DataType type) {
        double[] numbers = Samples.extremes();
        INDArray z = Nd4j.createFromArray(numbers).castTo(type).reshape('f', 4, numbers.length / 4);
        INDArray v = Samples.normal(30, type, 4, numbers.length / 4, 1);
        INDArray values = phi.apply(z);
        INDArray products = phi.transposedJacobianTimes(z, v);
        for (long i = 0; i < 4; i++) {
            for (long j = 0; j < z.size(1); j++) {
                double zij = z.getDouble(i, j);
                double value = phi.value(zij);
                assertThat(values.getDouble(i, j))
                        .as("φ(%s)", zij)
                        .isCloseTo(value, within(rounding(type) * (1 + Math.abs(value))));
                double product = phi.derivative(zij) * v.getDouble(i, j);
                assertThat(products.getDouble(i, j)).as("φ'(%s)", zij).isCloseTo(product, within(4 * rounding(type)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dl4jOfBothTypes")
    void valuesAreDl4jsBitForBit(IActivation activation, DataType type) {
        INDArray z = Samples.normal(31, type, 7, 33, 4);
        INDArray expected =
                activation.getActivation(z.transpose().dup('c'), false).transpose();
        assertThat(Activations.of(activation).apply(z).equalsWithEps(expected, 0))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("dl4jOfBothTypes")
    void jacobianProductsAreDl4js(IActivation activation, DataType type) {
        INDArray z = Samples.normal(32, type, 7, 33, 4);
        INDArray v = Samples.normal(33, type, 7, 33, 1);
        INDArray expected = activation
                .backprop(z.transpose().dup('c'), v.transpose().dup('c'))
                .getFirst()
                .transpose();
        // Bit for bit, but for the slope of leaky ReLU, which DL4J's derivative rounds to single precision.
        double rounding = Activations.of(activation) instanceof LeakyRelu && type == DataType.DOUBLE ? 1e-7 : 0;
        assertThat(Activations.of(activation).transposedJacobianTimes(z, v).equalsWithEps(expected, rounding))
                .isTrue();
    }

    /** DL4J's back-propagation through ELU takes α for 1; the values do not. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void eluWithAnotherAlphaHasDl4jsValuesAndItsOwnDerivative(DataType type) {
        INDArray z = Samples.normal(34, type, 7, 33, 2);
        INDArray expected = new ActivationELU(0.5).getActivation(z.dup(), false);
        FenchelActivation elu = Activations.elu(0.5);
        assertThat(elu.apply(z).equalsWithEps(expected, 0)).isTrue();
        INDArray slopes = elu.transposedJacobianTimes(z, Nd4j.ones(type, 7, 33));
        assertThat(slopes.minNumber().doubleValue()).isLessThan(0.1);
        assertThat(slopes.getDouble(0, 0)).isCloseTo(elu.derivative(z.getDouble(0, 0)), within(1e-6));
    }

    /** DL4J's softplus overflows beyond 709, or 88 in single precision; up to there the two agree to the bit. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void softplusIsDl4jsBesideNumbersThatOverflowIt(DataType type) {
        INDArray small = Samples.normal(35, type, 7, 33, 5);
        INDArray mixed = small.dup('f');
        mixed.putScalar(3, 4, 1e4);
        INDArray expected = new ActivationSoftPlus().getActivation(small.dup(), false);
        expected.putScalar(3, 4, 1e4);
        FenchelActivation softplus = Activations.softplus();
        assertThat(softplus.apply(mixed).equalsWithEps(expected, 0)).isTrue();
        INDArray slopes = softplus.transposedJacobianTimes(mixed, Nd4j.ones(type, 7, 33));
        assertThat(slopes.getDouble(3, 4)).isEqualTo(1);
        assertThat(slopes.getDouble(0, 0)).isCloseTo(softplus.derivative(mixed.getDouble(0, 0)), within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("fenchelOfBothTypes")
    void integersAndUnequalShapesAreRefused(FenchelActivation phi, DataType type) {
        INDArray integers = Nd4j.ones(DataType.INT32, 2, 3);
        assertThatThrownBy(() -> phi.apply(integers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("floating point")
                .hasMessageContaining("INT");
        INDArray z = Nd4j.ones(type, 2, 3);
        assertThatThrownBy(() -> phi.transposedJacobianTimes(z, Nd4j.ones(type, 3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("[3, 2]");
    }
}
