package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.Relaxation;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The polish of a network with an implicit layer, after the sweeps of block coordinate descent. */
class ImplicitPolishTrainingTest {
    private static final double KAPPA = 0.6;
    private static final int STATES = 4;

    /** What follows the state. */
    private enum Readout {
        DIRECT_TERM,
        NO_DIRECT_TERM,
        OUTPUT_LAYER
    }

    private static MultiLayerNetwork network(DataType type, LossFunction loss, Readout readout, long seed) {
        int outputs = loss == LossFunction.MCXENT ? 3 : 2;
        Activation output = loss == LossFunction.MSE
                ? Activation.IDENTITY
                : loss == LossFunction.XENT ? Activation.SIGMOID : Activation.SOFTMAX;
        boolean isState = readout == Readout.OUTPUT_LAYER;
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(type)
                .list(
                        new ImplicitLayer.Builder()
                                .nIn(4)
                                .nOut(isState ? STATES : outputs)
                                .stateSize(STATES)
                                .stateOutput(isState)
                                .directTerm(readout == Readout.DIRECT_TERM)
                                .activation(Activation.TANH)
                                .kappa(KAPPA)
                                .build(),
                        isState
                                ? new OutputLayer.Builder(loss)
                                        .nIn(STATES)
                                        .nOut(outputs)
                                        .activation(output)
                                        .build()
                                : new LossLayer.Builder(loss).activation(output).build())
                .build());
        net.init();
        return net;
    }

    private static BcdTrainer.Builder trainer() {
        return new BcdTrainer.Builder()
                .method(ImplicitDescent.withDefaults().withRelaxation(Relaxation.of(0.1, 0.1)))
                .sweeps(3);
    }

    /** ‖A‖∞ of the parameters as they are, summed in double precision. */
    private static double norm(MultiLayerNetwork net) {
        double largest = 0;
        for (double[] row : net.getParam("0_A").castTo(DataType.DOUBLE).toDoubleMatrix()) {
            double sum = 0;
            for (double entry : row) {
                sum += Math.abs(entry);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE, MSE, DIRECT_TERM",
        "DOUBLE, MSE, NO_DIRECT_TERM",
        "DOUBLE, MCXENT, DIRECT_TERM",
        "DOUBLE, MCXENT, NO_DIRECT_TERM",
        "DOUBLE, MCXENT, OUTPUT_LAYER",
        "DOUBLE, XENT, OUTPUT_LAYER",
        "FLOAT, MSE, OUTPUT_LAYER",
        "FLOAT, MCXENT, DIRECT_TERM",
        "FLOAT, XENT, NO_DIRECT_TERM"
    })
    void everyStepLowersTheScoreOrLeavesItWithinTheBall(DataType type, LossFunction loss, Readout readout) {
        DataSet data = Networks.data(type, loss, 60);
        for (LevenbergMarquardt method : List.of(new LevenbergMarquardt(1000, 0), new LevenbergMarquardt(0, 0))) {
            MultiLayerNetwork net = network(type, loss, readout, 3);
            List<Double> scores = new ArrayList<>();
            net.setListeners(new BaseTrainingListener() {
                @Override
                public void iterationDone(Model model, int iteration, int epoch) {
                    scores.add(net.score(data));
                    assertThat(norm(net)).isLessThanOrEqualTo(KAPPA);
                }
            });

            trainer().polish(method).polishSteps(12).build().fit(net, data);

            double rounding = type == DataType.FLOAT ? 1e-6 : 1e-12;
            assertThat(scores).hasSize(15);
            for (int i = 3; i < scores.size(); i++) {
                assertThat(scores.get(i)).isLessThanOrEqualTo(scores.get(i - 1) + rounding);
            }
            assertThat(scores.get(14)).isLessThan(0.9 * scores.get(2));
        }
    }

    /** From weights at some distance, and without noise. */
    @ParameterizedTest
    @EnumSource
    void aTeacherIsFoundAgain(Readout readout) {
        Nd4j.getRandom().setSeed(5);
        MultiLayerNetwork teacher = network(DataType.DOUBLE, LossFunction.MSE, readout, 12);
        INDArray features = Nd4j.randn(DataType.DOUBLE, 200, 4);
        INDArray labels = teacher.output(features);
        MultiLayerNetwork net = teacher.clone();
        net.params().addi(Nd4j.randn(DataType.DOUBLE, net.params().shape()).muli(0.2));
        assertThat(rootMeanSquare(net, features, labels)).isGreaterThan(0.1);

        trainer().sweeps(0).polishSteps(100).build().fit(net, new DataSet(features, labels));

        assertThat(rootMeanSquare(net, features, labels)).isLessThan(1e-6);
    }

    private static double rootMeanSquare(MultiLayerNetwork net, INDArray features, INDArray labels) {
        return Math.sqrt(net.output(features).squaredDistance(labels) / labels.length());
    }

    @Test
    void thePolishEndsAtItsTolerance() {
        DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, 150);
        MultiLayerNetwork net = network(DataType.DOUBLE, LossFunction.MSE, Readout.DIRECT_TERM, 3);
        trainer().build().fit(net, data);
        // The loss per sample is half the sum of squares of its two outputs, of which the score is the mean.
        double tolerance = 0.9 * net.score();

        trainer()
                .sweeps(0)
                .polish(new LevenbergMarquardt(1000, tolerance))
                .polishSteps(50)
                .build()
                .fit(net, data);

        assertThat(net.score()).isLessThanOrEqualTo(tolerance);
        assertThat(net.getIterationCount()).isLessThan(53);
    }

    @Test
    void aPolishAfterAPenaltyIsRefused() {
        ImplicitDescent penalized = ImplicitDescent.withDefaults()
                .withPenalty(L1Ball.ofRows(0.5), ProximalGradient.withDefaults()::minimize);
        assertThatThrownBy(() -> trainer().method(penalized).polishSteps(3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no other penalty")
                .hasMessageContaining("leave out polishSteps");
    }

    @Test
    void namesItself() {
        assertThat(trainer().polishSteps(9).build().toString()).endsWith(", then at most 9 polishing steps)");
    }
}
