package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What holds of every activation map: of six components here, so that the block maps fit. */
class ActivationContractTest {
    private static final int SIZE = 6;

    static Stream<Activation> all() {
        List<Activation> all = new ArrayList<>(Samples.fenchel().toList());
        all.add(new Softmax());
        for (org.nd4j.linalg.activations.Activation named : List.of(
                org.nd4j.linalg.activations.Activation.CUBE,
                org.nd4j.linalg.activations.Activation.SWISH,
                org.nd4j.linalg.activations.Activation.GELU,
                org.nd4j.linalg.activations.Activation.MISH,
                org.nd4j.linalg.activations.Activation.RATIONALTANH,
                org.nd4j.linalg.activations.Activation.RELU6,
                org.nd4j.linalg.activations.Activation.SELU,
                org.nd4j.linalg.activations.Activation.THRESHOLDEDRELU,
                org.nd4j.linalg.activations.Activation.HARDSIGMOID,
                org.nd4j.linalg.activations.Activation.RECTIFIEDTANH)) {
            all.add(Activations.of(named));
        }
        Partition partition = Partition.of(1, 3, 2);
        all.add(BlockActivation.of(partition, List.of(Activations.relu(), Activations.tanh(), Activations.elu(2.5))));
        all.add(BlockActivation.of(
                partition,
                List.of(
                        Activations.sigmoid(),
                        new Softmax(),
                        Activations.of(org.nd4j.linalg.activations.Activation.SWISH))));
        Windows pairs =
                Windows.of(new int[] {3}, new int[] {2}, new int[] {1}, new int[] {1}, new int[] {1}, new int[] {3});
        all.add(new MaxPooling(2, pairs));
        all.add(new MaxPooling(1, Windows.whole(6)));
        all.add(new NormPooling(2, pairs, 2));
        all.add(new NormPooling(2, pairs, 3));
        all.add(new ProductActivation(3));
        all.add(new AxisSoftmax(1, 3, 2));
        all.add(new AxisSoftmax(3, 2, 1));
        return all.stream();
    }

    static Stream<Arguments> allWithTypesAndSamples() {
        return all().flatMap(phi -> Stream.of(DataType.DOUBLE, DataType.FLOAT)
                .flatMap(type -> Stream.of(1, 2, 9).map(samples -> Arguments.of(phi, type, samples))));
    }

    @ParameterizedTest
    @MethodSource("allWithTypesAndSamples")
    void resultsAreNewArraysInColumnOrderAndArgumentsAreLeftAlone(Activation phi, DataType type, int samples) {
        INDArray z = Samples.normal(40, type, SIZE, samples, 2);
        INDArray v = Samples.normal(41, type, SIZE, samples, 1);
        INDArray zBefore = z.dup();
        INDArray vBefore = v.dup();
        for (INDArray result : List.of(phi.apply(z), phi.transposedJacobianTimes(z, v))) {
            assertThat(result.shape()).containsExactly(SIZE, samples);
            assertThat(result.dataType()).isEqualTo(type);
            assertThat(result.stride(0)).isEqualTo(1);
            result.assign(77);
        }
        assertThat(z).isEqualTo(zBefore);
        assertThat(v).isEqualTo(vBefore);
    }

    @ParameterizedTest
    @MethodSource("allWithTypesAndSamples")
    void inPlaceIsTheSame(Activation phi, DataType type, int samples) {
        INDArray z = Samples.normal(50, type, SIZE, samples, 2);
        INDArray expected = phi.apply(z);
        phi.applyInPlace(z);
        double rounding = type == DataType.DOUBLE ? 1e-15 : 1e-6;
        assertThat(z.sub(expected).amaxNumber().doubleValue())
                .isLessThanOrEqualTo(rounding * (1 + expected.amaxNumber().doubleValue()));
    }

    @ParameterizedTest
    @MethodSource("allWithTypesAndSamples")
    void theLayoutOfTheArgumentsDoesNotMatter(Activation phi, DataType type, int samples) {
        INDArray z = Samples.normal(42, type, SIZE, samples, 2);
        INDArray v = Samples.normal(43, type, SIZE, samples, 1);
        INDArray values = phi.apply(z);
        INDArray products = phi.transposedJacobianTimes(z, v);
        for (INDArray[] pair :
                new INDArray[][] {{z.dup('c'), v.dup('c')}, {z.dup('c'), v}, {view(z), view(v)}, {z, view(v)}}) {
            assertThat(phi.apply(pair[0]).equalsWithEps(values, 1e-6)).isTrue();
            assertThat(phi.transposedJacobianTimes(pair[0], pair[1]).equalsWithEps(products, 1e-6))
                    .isTrue();
        }
    }

    /** The same numbers in the middle of a larger array. */
    private static INDArray view(INDArray z) {
        INDArray large = Nd4j.valueArrayOf(new long[] {z.size(0) + 3, z.size(1) + 2}, 55.0, z.dataType());
        INDArray middle = large.get(NDArrayIndex.interval(1, 1 + z.size(0)), NDArrayIndex.interval(1, 1 + z.size(1)));
        middle.assign(z);
        return middle;
    }

    @ParameterizedTest
    @MethodSource("all")
    void jacobianProductsEqualFiniteDifferences(Activation phi) {
        INDArray z = Samples.normal(44, DataType.DOUBLE, SIZE, 5, 1.3);
        INDArray v = Samples.normal(45, DataType.DOUBLE, SIZE, 5, 1);
        INDArray products = phi.transposedJacobianTimes(z, v);
        double h = 1e-5;
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < 5; j++) {
                INDArray up = z.dup();
                up.putScalar(i, j, z.getDouble(i, j) + h);
                INDArray down = z.dup();
                down.putScalar(i, j, z.getDouble(i, j) - h);
                double difference =
                        phi.apply(up).sub(phi.apply(down)).mul(v).sumNumber().doubleValue() / (2 * h);
                assertThat(products.getDouble(i, j)).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void lipschitzConstantIsNeverExceededInAnyOfTheThreeNorms(Activation phi) {
        for (double step : new double[] {1e-3, 0.1, 3}) {
            INDArray a = Samples.normal(46, DataType.DOUBLE, SIZE, 2000, 1.5);
            INDArray b = a.add(Samples.normal(47, DataType.DOUBLE, SIZE, 2000, step));
            INDArray out = phi.apply(a).sub(phi.apply(b));
            INDArray in = a.sub(b);
            // ND4J's own constants and exponentials may be off in the eighth digit.
            double bound = phi.lipschitz() * (1 + 1e-7);
            assertThat(out.norm1(0).div(in.norm1(0)).maxNumber().doubleValue()).isLessThanOrEqualTo(bound);
            assertThat(out.norm2(0).div(in.norm2(0)).maxNumber().doubleValue()).isLessThanOrEqualTo(bound);
            assertThat(out.normmax(0).div(in.normmax(0)).maxNumber().doubleValue())
                    .isLessThanOrEqualTo(bound);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void componentwiseMapsAndOnlyTheyKeepComponentsApart(Activation phi) {
        INDArray z = Samples.normal(48, DataType.DOUBLE, SIZE, 20, 1);
        double mixed = 0;
        for (int i = 0; i < SIZE; i++) {
            INDArray moved = z.dup();
            moved.getRow(i).addi(0.5);
            INDArray change = phi.apply(moved).sub(phi.apply(z));
            change.getRow(i).assign(0);
            mixed = Math.max(mixed, change.amaxNumber().doubleValue());
        }
        assertThat(mixed == 0).isEqualTo(phi.isComponentwise());
    }

    @ParameterizedTest
    @MethodSource("all")
    void slicesActAsTheirPartOfTheWhole(Activation phi) {
        INDArray z = Samples.normal(49, DataType.DOUBLE, SIZE, 4, 1);
        INDArray whole = phi.apply(z);
        for (int from = 0; from < SIZE && phi.isComponentwise(); from++) {
            for (int to = from + 1; to <= SIZE; to++) {
                INDArray part = z.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
                INDArray expected = whole.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
                assertThat(phi.slice(from, to).apply(part).equalsWithEps(expected, 0))
                        .isTrue();
            }
        }
        if (!phi.isComponentwise()) {
            assertThatThrownBy(() -> phi.slice(2, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 to 3");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anArrayOfTheWrongShapeOrTypeIsRefused(Activation phi) {
        INDArray z = Nd4j.ones(DataType.DOUBLE, SIZE, 3);
        assertThatThrownBy(() -> phi.transposedJacobianTimes(z, Nd4j.ones(DataType.DOUBLE, SIZE, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[6, 3]")
                .hasMessageContaining("[6, 4]");
        assertThatThrownBy(() -> phi.transposedJacobianTimes(z, Nd4j.ones(DataType.FLOAT, SIZE, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("DOUBLE")
                .hasMessageContaining("FLOAT");
        assertThatThrownBy(() -> phi.apply(Nd4j.ones(DataType.INT64, SIZE, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LONG");
        if (!(phi instanceof FenchelActivation)) {
            assertThatThrownBy(() -> phi.apply(Nd4j.ones(DataType.DOUBLE, SIZE)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("shape [6]");
        }
    }
}
