package org.implicitdl.train.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MinibatchDescentTest {
    private static final int M = 30;

    private final Random random = new Random(31);

    private Matrix normal(int rows, int cols) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = random.nextGaussian();
        }
        return matrix;
    }

    private FeedforwardModel network() {
        return new FeedforwardModel(List.of(
                new FeedforwardLayer(normal(4, 6), true, new ComponentwiseLink(Activations.tanh())),
                new FeedforwardLayer(normal(3, 4), false, new SoftmaxLink())));
    }

    private Matrix oneHot() {
        Matrix y = Matrix.zeros(3, M);
        for (int j = 0; j < M; j++) {
            y.set(random.nextInt(3), j, 1);
        }
        return y;
    }

    private static INDArray rows(Matrix columns) {
        return columns.transpose().toArray(DataType.DOUBLE).dup('c');
    }

    @Test
    void theFirstStepIsTheFormulaOfEachBlock() {
        FeedforwardModel model = network();
        Matrix u = normal(5, M);
        Matrix y = oneHot();
        double k = 2;
        MinibatchDescent method = MinibatchDescent.withDefaults().withRatio(k).withDamping(0.5);
        MinibatchRun run = method.start(model, DataType.DOUBLE);

        run.step(rows(u), rows(y), 0);

        FeedforwardLayer first = model.layer(0);
        FeedforwardLayer last = model.last();
        Matrix z = first.weightedInput(u);
        Matrix x = first.activate(z);
        Matrix residual = minus(y, last.activate(last.weightedInput(x)));
        Matrix pulled = Lapack.transposeTimes(last.weights(), residual);
        Matrix shifted = z.copy();
        for (int i = 0; i < z.values().length; i++) {
            shifted.values()[i] += pulled.values()[i] / k;
        }
        Matrix error = minus(first.activate(shifted), x);
        for (int i = 0; i < error.values().length; i++) {
            error.values()[i] *= k;
        }
        double length = method.stepLength(0, 0);
        assertSame(run.weights(0), SlowStep.stepped(first.weights(), error, first.design(u), length, 0.5));
        assertSame(run.weights(1), SlowStep.stepped(last.weights(), residual, x, length, 0.5));
    }

    private static Matrix minus(Matrix a, Matrix b) {
        Matrix difference = a.copy();
        for (int i = 0; i < difference.values().length; i++) {
            difference.values()[i] -= b.values()[i];
        }
        return difference;
    }

    private static void assertSame(INDArray theta, Matrix expected) {
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.cols(); j++) {
                assertThat(theta.getDouble(j, i)).isCloseTo(expected.get(i, j), within(1e-10));
            }
        }
    }

    @Test
    void stepsThatAreTooLongEndWithAnErrorThatSaysSo() {
        MinibatchRun run = MinibatchDescent.withDefaults()
                .withStepLength(1e200)
                .start(
                        new FeedforwardModel(List.of(
                                new FeedforwardLayer(normal(4, 5), false, new ComponentwiseLink(Activations.relu())),
                                new FeedforwardLayer(
                                        normal(2, 4), false, new ComponentwiseLink(Activations.identity())))),
                        DataType.DOUBLE);
        INDArray features = rows(normal(5, M));
        INDArray labels = rows(normal(2, M));

        assertThatThrownBy(() -> {
                    for (int step = 0; step < 20; step++) {
                        run.step(features, labels, 0);
                    }
                })
                .isInstanceOf(BlockStepException.class)
                .hasMessageContaining("shorten the steps");
    }

    @Test
    void theLengthOfStepsRisesAndFallsToZero() {
        MinibatchDescent method = MinibatchDescent.withDefaults().withStepLength(1);

        assertThat(method.stepLength(0, 0)).isEqualTo(0.02);
        assertThat(method.stepLength(200, 0.2)).isEqualTo(1);
        assertThat(method.stepLength(200, 0.65)).isCloseTo(0.5, within(1e-12));
        assertThat(method.stepLength(200, 1)).isZero();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        MinibatchDescent method = MinibatchDescent.withDefaults();

        assertThatThrownBy(() -> method.withMomentum(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> method.withStepLength(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> method.withDamping(0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> method.withRatio(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> method.withWeightDecay(-1)).hasMessageContaining("at least 0");
    }
}
