package org.implicitdl.train.feedforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedforwardModelTest {
    private static final Link SQUARED = new ComponentwiseLink(Activations.identity());

    static List<FenchelActivation> activations() {
        return Activations.all();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void outputIsThatOfTheForwardPassWrittenOut(FenchelActivation phi) {
        Random random = new Random(1);
        for (boolean bias : new boolean[] {true, false}) {
            FeedforwardModel model = Randoms.model(phi, SQUARED, bias, 1.5, random, 3, 5, 4, 2);
            Matrix u = Randoms.gaussian(3, 70, 1, random);
            Matrix output = model.output(u);
            for (int j = 0; j < 70; j++) {
                double[] expected = forward(model, phi, u, j);
                for (int i = 0; i < 2; i++) {
                    assertThat(output.get(i, j)).isCloseTo(expected[i], within(1e-13));
                }
            }
        }
    }

    @Test
    void squaredLossIsHalfTheSquaredDistance() {
        Random random = new Random(2);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 3, 4, 2);
        TrainingSet data = Randoms.data(model, 150, random);
        double sum = 0;
        for (int j = 0; j < 150; j++) {
            double[] output = forward(model, Activations.tanh(), data.u(), j);
            for (int i = 0; i < 2; i++) {
                sum += Math.pow(output[i] - data.y().get(i, j), 2) / 2;
            }
        }
        assertThat(model.loss(data.u(), data.y())).isCloseTo(sum, within(1e-12 * sum));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void softmaxLossIsTheCrossEntropyLessTheEntropyOfTheLabels(boolean bias) {
        Random random = new Random(3);
        FeedforwardModel model = Randoms.model(Activations.sigmoid(), new SoftmaxLink(), bias, 2, random, 3, 4, 3);
        TrainingSet data = Randoms.data(model, 150, random);
        double sum = 0;
        for (int j = 0; j < 150; j++) {
            double[] s = forward(model, Activations.sigmoid(), data.u(), j);
            double normalizer = Math.exp(s[0]) + Math.exp(s[1]) + Math.exp(s[2]);
            for (int i = 0; i < 3; i++) {
                double y = data.y().get(i, j);
                sum += y == 0 ? 0 : y * (Math.log(y) - Math.log(Math.exp(s[i]) / normalizer));
            }
        }
        assertThat(model.loss(data.u(), data.y())).isCloseTo(sum, within(1e-12 * sum));
    }

    @Test
    void sigmoidLossIsTheBinaryCrossEntropy() {
        Random random = new Random(4);
        Link loss = new ComponentwiseLink(Activations.sigmoid());
        FeedforwardModel model = Randoms.model(Activations.relu(), loss, true, 1, random, 3, 4, 2);
        Matrix u = Randoms.gaussian(3, 100, 1, random);
        Matrix y = Matrix.zeros(2, 100);
        double sum = 0;
        for (int j = 0; j < 100; j++) {
            double[] s = forward(model, Activations.relu(), u, j);
            for (int i = 0; i < 2; i++) {
                boolean label = random.nextBoolean();
                y.set(i, j, label ? 1 : 0);
                double p = 1 / (1 + Math.exp(-s[i]));
                sum -= Math.log(label ? p : 1 - p);
            }
        }
        assertThat(model.loss(u, y)).isCloseTo(sum, within(1e-12 * sum));
    }

    @Test
    void weightsSurviveTheWayThroughAVector() {
        Random random = new Random(5);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 3, 4, 2);
        FeedforwardModel other = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 3, 4, 2);
        assertThat(other.withVector(model.toVector())).isEqualTo(model);
        assertThat(model.parameters()).isEqualTo(4 * 4 + 2 * 5);
        assertThat(model.offset(1)).isEqualTo(16);
        assertThat(model.toVector()[model.offset(1) + 2])
                .isEqualTo(model.layer(1).weights().get(0, 1));
    }

    @Test
    void weightsAndBiasAreTheColumnsOfTheta() {
        FeedforwardLayer layer =
                new FeedforwardLayer(Matrix.ofRows(new double[] {1, 2, 3}, new double[] {4, 5, 6}), true, SQUARED);
        assertThat(layer.inputs()).isEqualTo(2);
        assertThat(layer.outputs()).isEqualTo(2);
        assertThat(layer.weightsWithoutBias()).isEqualTo(Matrix.ofRows(new double[] {1, 2}, new double[] {4, 5}));
        assertThat(layer.bias()).containsExactly(3, 6);
        FeedforwardLayer plain = new FeedforwardLayer(layer.weights(), false, SQUARED);
        assertThat(plain.inputs()).isEqualTo(3);
        assertThat(plain.bias()).containsExactly(0, 0);
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        Random random = new Random(6);
        FeedforwardLayer first = Randoms.layer(3, 4, true, SQUARED, 1, random);
        FeedforwardLayer second = Randoms.layer(5, 2, true, SQUARED, 1, random);
        assertThatThrownBy(() -> new FeedforwardModel(List.of(first, second)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Layer 1 takes 5 inputs, but layer 0 has 4 outputs.");
        assertThatThrownBy(() -> new FeedforwardModel(List.of())).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new FeedforwardLayer(Matrix.zeros(2, 1), true, SQUARED))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 1]");
        assertThatThrownBy(() -> first.weightedInput(Matrix.zeros(2, 7)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 inputs")
                .hasMessageContaining("[2, 7]");
        assertThatThrownBy(() -> new FeedforwardModel(List.of(first)).withVector(new double[3]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("16")
                .hasMessageContaining("3");
    }

    private static double[] forward(FeedforwardModel model, FenchelActivation phi, Matrix u, int sample) {
        double[] x = new double[u.rows()];
        for (int i = 0; i < x.length; i++) {
            x[i] = u.get(i, sample);
        }
        for (int l = 0; l < model.depth(); l++) {
            Matrix theta = model.layer(l).weights();
            double[] next = new double[theta.rows()];
            for (int i = 0; i < next.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    next[i] += theta.get(i, j) * x[j];
                }
                next[i] += model.layer(l).hasBias() ? theta.get(i, x.length) : 0;
                next[i] = l + 1 < model.depth() ? phi.value(next[i]) : next[i];
            }
            x = next;
        }
        return x;
    }
}
