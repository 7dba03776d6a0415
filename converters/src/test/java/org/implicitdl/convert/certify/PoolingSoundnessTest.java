package org.implicitdl.convert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.AxisSoftmax;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.activation.NarrowingActivation;
import org.implicitdl.activation.NormPooling;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Bounds of what convolutional networks are made of: 10,000 tries for each model, corners among them. */
class PoolingSoundnessTest {
    private static final int BOXES = 4;
    private static final int TRIES = 2500;
    /** Two rows and three columns of one channel. */
    private static final int P = 6;

    private static final Windows WINDOWS = Windows.of(
            new int[] {2, 3}, new int[] {2, 2}, new int[] {1, 1}, new int[] {1, 1}, new int[] {0, 0}, new int[] {1, 2});
    /** 3 × 3 windows around each point, which reach beyond the grid. */
    private static final Windows KERNEL = Windows.of(
            new int[] {2, 3}, new int[] {3, 3}, new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1}, new int[] {2, 3});

    static Stream<Activation> maps() {
        return Stream.of(
                new MaxPooling(2, WINDOWS),
                new NormPooling(2, WINDOWS, 1),
                new NormPooling(2, WINDOWS, 3.5),
                new ProductActivation(P),
                new AxisSoftmax(1, 2, P),
                new AxisSoftmax(2, 3, 2));
    }

    /** A convolution to two channels, tanh, the map in question, and a dense layer to three outputs. */
    private static ImplicitModel model(Activation middle) {
        int n = 2 * P;
        int kept = middle instanceof NarrowingActivation narrowing ? narrowing.kept() : n;
        Models random = new Models(31);
        INDArray weights = random.array(18, 1).reshape('c', 2, 1, 3, 3);
        LinearOperator zero = new ZeroOperator(n, n);
        LinearOperator second = middle instanceof ProductActivation ? random.dense(n, n) : new IdentityOperator(n);
        return ImplicitModel.of(
                        BlockOperator.of(List.of(List.of(zero, second), List.of(zero, zero))),
                        BlockOperator.of(List.of(
                                List.of(new ZeroOperator(n, P)),
                                List.of(ConvolutionOperator.copyOf(weights, KERNEL, 1)))),
                        BlockOperator.of(List.of(
                                List.of(PaddedOperator.of(random.dense(3, kept), 3, n), new ZeroOperator(3, n)))),
                        new ZeroOperator(3, P),
                        BlockActivation.of(Partition.of(n, n), List.of(middle, Activations.tanh())))
                .withStateBias(random.array(2 * n, 1));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void noPerturbationViolatesABound(Activation middle) {
        ImplicitModel model = model(middle);
        BoxBounds bounds = BoxBounds.of(model);
        INDArray centers = new Models(98).array(P, BOXES);
        Random random = new Random(99);
        for (double sigma : new double[] {1e-3, 0.2}) {
            InputBox boxes = InputBox.around(centers, sigma);
            Bounds states = bounds.states(boxes);
            Bounds outputs = bounds.outputs(boxes);
            for (int s = 0; s < BOXES; s++) {
                INDArray u = Nd4j.zeros(DataType.DOUBLE, P, TRIES);
                for (int k = 0; k < TRIES; k++) {
                    for (int i = 0; i < P; i++) {
                        double corner = random.nextBoolean() ? 1 : -1;
                        double factor = k % 2 == 0 ? corner : corner * random.nextDouble();
                        u.putScalar(i, k, centers.getDouble(i, s) + factor * sigma);
                    }
                }
                assertInside(model.state(u).orElseThrow(), states, s);
                assertInside(model.output(u), outputs, s);
            }
        }
    }

    private static void assertInside(INDArray values, Bounds bounds, int s) {
        INDArray lower = bounds.lower().getColumn(s, true);
        INDArray upper = bounds.upper().getColumn(s, true);
        assertThat(values.subColumnVector(lower).minNumber().doubleValue())
                .as("box %d, seeds 31, 98 and 99, below", s)
                .isGreaterThanOrEqualTo(0);
        assertThat(values.subColumnVector(upper).maxNumber().doubleValue())
                .as("box %d, seeds 31, 98 and 99, above", s)
                .isLessThanOrEqualTo(0);
    }

    /** The image of a box is no larger than it must be: each of its ends is met at a corner of the box. */
    @ParameterizedTest
    @MethodSource("maps")
    void endsAreMetAtCorners(Activation map) {
        int n = 2 * P;
        INDArray center = new Models(7).array(n, 1);
        INDArray radius = new Models(8).array(n, 1).addi(1).muli(0.4);
        Box image = IntervalActivations.of(map).image(new Box(center, radius));
        double[] lowest = new double[n];
        double[] highest = new double[n];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int corner = 0; corner < 1 << n; corner += 1 << 10) {
            INDArray all = Nd4j.zeros(DataType.DOUBLE, n, 1 << 10);
            for (int k = 0; k < 1 << 10; k++) {
                for (int i = 0; i < n; i++) {
                    int sign = (corner + k >> i & 1) == 0 ? -1 : 1;
                    all.putScalar(i, k, center.getDouble(i) + sign * radius.getDouble(i));
                }
            }
            INDArray values = map.apply(all);
            for (int i = 0; i < n; i++) {
                lowest[i] = Math.min(lowest[i], values.getRow(i).minNumber().doubleValue());
                highest[i] = Math.max(highest[i], values.getRow(i).maxNumber().doubleValue());
            }
        }
        for (int i = 0; i < n; i++) {
            assertThat(image.upper().getDouble(i)).isBetween(highest[i], highest[i] + 1e-12);
            // A norm is least inside of a box that has 0 in it.
            if (!(map instanceof NormPooling)) {
                assertThat(image.lower().getDouble(i)).isBetween(lowest[i] - 1e-12, lowest[i]);
            }
        }
    }
}
