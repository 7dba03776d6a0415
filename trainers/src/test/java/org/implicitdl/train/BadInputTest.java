package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.bcd.EpsilonSchedule;
import org.implicitdl.train.bcd.ExactOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Whatever cannot be trained is refused with its name, and the weights stay as they were. */
class BadInputTest {
    private final DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, 30);

    static Stream<Arguments> unsupportedLayers() {
        return Stream.of(
                Arguments.of("has dropout", dense(b -> b.dropOut(0.5))),
                Arguments.of("has l1, l2 or weight decay", dense(b -> b.l2(1e-3))),
                Arguments.of("has l1, l2 or weight decay", dense(b -> b.l1Bias(1e-3))),
                Arguments.of("has l1, l2 or weight decay", dense(b -> b.weightDecay(1e-3))),
                Arguments.of("has weight noise", dense(b -> b.weightNoise(new DropConnect(0.5)))),
                Arguments.of("has constraints", dense(b -> b.constrainWeights(new NonNegativeConstraint()))),
                Arguments.of("has layer normalization", dense(b -> b.hasLayerNorm(true))),
                Arguments.of("no Fenchel divergence", dense(b -> b.activation(Activation.CUBE))),
                Arguments.of("no Fenchel divergence", dense(b -> b.activation(Activation.SOFTMAX))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupportedLayers")
    void layersOfAnotherKindAreRefusedByName(String reason, Layer layer) {
        MultiLayerNetwork net =
                Networks.of(DataType.DOUBLE, Networks.hidden(4, 4).build(), layer, Networks.squared(5));
        requireRefusal(net, data)
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("Layer 1 'second' (DenseLayer)")
                .hasMessageContaining(reason);
    }

    @Test
    void convolutionIsRefused() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build())
                .layer(Networks.squared(8))
                .setInputType(InputType.convolutional(3, 3, 1))
                .build());
        net.init();
        requireRefusal(net, data)
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("layer");
    }

    @Test
    void layersThatComputeSomethingElseAreRefused() {
        MultiLayerNetwork net = Networks.of(
                DataType.DOUBLE, new BatchNormalization.Builder().nIn(4).nOut(4).build(), Networks.squared(4));
        requireRefusal(net, data)
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("Layer 0 (BatchNormalization) is not supported")
                .hasMessageContaining("dense layers");
    }

    @Test
    void lossesThatDoNotFitTheirActivationAreRefused() {
        for (OutputLayer output : new OutputLayer[] {
            new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(4)
                    .nOut(2)
                    .activation(Activation.TANH)
                    .build(),
            new OutputLayer.Builder(LossFunction.MEAN_ABSOLUTE_ERROR)
                    .nIn(4)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build(),
            new OutputLayer.Builder(new LossMSE(Nd4j.createFromArray(1.0, 2.0)))
                    .nIn(4)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build()
        }) {
            requireRefusal(Networks.of(DataType.DOUBLE, output), data)
                    .isInstanceOf(UnsupportedNetworkException.class)
                    .hasMessageContaining("Layer 0 (OutputLayer) has the loss")
                    .hasMessageContaining("MSE or L2 with identity");
        }
    }

    @Test
    void aNetworkMustBeInitialized() {
        MultiLayerNetwork net = new MultiLayerNetwork(
                Networks.small(DataType.DOUBLE).getLayerWiseConfigurations().clone());
        assertThatThrownBy(() -> trainer().fit(net, data))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("init()");
    }

    @Test
    void shapesMustFitTheNetwork() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        requireRefusal(net, new DataSet(Nd4j.zeros(DataType.DOUBLE, 30, 3), data.getLabels()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("features of the shape [samples, 4]")
                .hasMessageContaining("[30, 3]");
        requireRefusal(net, new DataSet(data.getFeatures(), Nd4j.zeros(DataType.DOUBLE, 30, 5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("labels of the shape [samples, 2]")
                .hasMessageContaining("[30, 5]");
        requireRefusal(net, new DataSet(Nd4j.zeros(DataType.DOUBLE, 30, 4, 2), data.getLabels()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[30, 4, 2]");
        requireRefusal(net, new DataSet(data.getFeatures(), Nd4j.zeros(DataType.DOUBLE, 29, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("features of 30 samples and labels of 29");
        requireRefusal(net, new DataSet(data.getFeatures(), null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has no labels");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void numbersMustBeFinite(double culprit) {
        INDArray features = data.getFeatures().dup().putScalar(7, 2, culprit);
        requireRefusal(Networks.small(DataType.DOUBLE), new DataSet(features, data.getLabels()))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("component 2 of sample 7 is " + culprit);
        INDArray labels = data.getLabels().dup().putScalar(8, 1, culprit);
        requireRefusal(Networks.small(DataType.DOUBLE), new DataSet(data.getFeatures(), labels))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("component 1 of sample 8 is " + culprit);
    }

    @Test
    void labelsMustBeInTheRangeOfTheLoss() {
        MultiLayerNetwork binary =
                Networks.dense(DataType.DOUBLE, Activation.TANH, LossFunction.XENT, Activation.SIGMOID, true, 4, 3, 2);
        DataSet coins = Networks.data(DataType.DOUBLE, LossFunction.XENT, 30);
        for (double label : new double[] {-0.1, 1.5}) {
            INDArray labels = coins.getLabels().dup().putScalar(3, 1, label);
            requireRefusal(binary, new DataSet(coins.getFeatures(), labels))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Label 1 of sample 3 is " + label);
        }
        MultiLayerNetwork classifier = Networks.dense(
                DataType.DOUBLE, Activation.TANH, LossFunction.MCXENT, Activation.SOFTMAX, true, 4, 3, 3);
        DataSet classes = Networks.data(DataType.DOUBLE, LossFunction.MCXENT, 30);
        INDArray none = classes.getLabels().dup();
        none.getRow(4).assign(0);
        requireRefusal(classifier, new DataSet(classes.getFeatures(), none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labels of sample 4 sum to 0.0")
                .hasMessageContaining("one-hot");
        INDArray negative = classes.getLabels().dup();
        negative.getRow(5).assign(Nd4j.createFromArray(-1.0, 1.0, 1.0));
        requireRefusal(classifier, new DataSet(classes.getFeatures(), negative))
                .hasMessageContaining("Label 0 of sample 5 is -1.0");
    }

    @Test
    void anEmptyIteratorIsRefused() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        INDArray before = net.params().dup();
        assertThatThrownBy(() -> trainer().fit(net, new ListDataSetIterator<>(Collections.<DataSet>emptyList())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no data set");
        assertThat(net.params()).isEqualTo(before);
    }

    @Test
    void masksAreRefused() {
        DataSet masked = new DataSet(data.getFeatures(), data.getLabels(), null, Nd4j.ones(DataType.DOUBLE, 30, 1));
        requireRefusal(Networks.small(DataType.DOUBLE), masked)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask");
    }

    @Test
    void thePublishedMethodRefusesReluBeforeTheFirstSweep() {
        MultiLayerNetwork net =
                Networks.dense(DataType.DOUBLE, Activation.RELU, LossFunction.MSE, Activation.IDENTITY, true, 4, 3, 2);
        BcdTrainer published = new BcdTrainer.Builder()
                .method(BlockCoordinateDescent.published())
                .build();
        requireRefusal(published, net, data)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 0")
                .hasMessageContaining("relu");
    }

    /** A tolerance relative to terms of the size 1e304 is met in the first sweep, but not one far below rounding. */
    @Test
    void aBlockThatFailsLeavesTheWeightsOfTheLastCompleteSweep() {
        BlockCoordinateDescent method =
                BlockCoordinateDescent.exact(ExactOptions.defaults().withTolerance(1e-300));
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        BcdTrainer failing = new BcdTrainer.Builder()
                .method(method.withEpsilon(EpsilonSchedule.rising(1e304, 1e-2, 2)))
                .build();
        assertThatThrownBy(() -> failing.fit(net, data))
                .isInstanceOf(BlockStepException.class)
                .hasMessageContaining("0.01")
                .hasMessageContaining("raise epsilon");
        MultiLayerNetwork once = Networks.small(DataType.DOUBLE);
        new BcdTrainer.Builder()
                .method(method.withEpsilon(EpsilonSchedule.constant(1e304)))
                .sweeps(1)
                .build()
                .fit(once, data);
        assertThat(net.params()).isEqualTo(once.params());
        assertThat(net.getIterationCount()).isEqualTo(1);
        assertThat(net.score()).isEqualTo(net.score(data));
    }

    @Test
    void aBlockThatFailsInTheFirstSweepLeavesTheWeightsUntouched() {
        BcdTrainer failing = new BcdTrainer.Builder()
                .method(BlockCoordinateDescent.exact(ExactOptions.defaults().withTolerance(1e-300)))
                .build();
        requireRefusal(failing, Networks.small(DataType.DOUBLE), data).isInstanceOf(BlockStepException.class);
    }

    @Test
    void aFinishedTrainingCannotGoOn() {
        BcdTraining training = trainer().start(Networks.small(DataType.DOUBLE), data);
        training.iterate();
        training.iterate();
        assertThat(training.isFinished()).isTrue();
        assertThatThrownBy(training::iterate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finished");
    }

    private static BcdTrainer trainer() {
        return new BcdTrainer.Builder().sweeps(2).build();
    }

    private static Layer dense(Consumer<DenseLayer.Builder> change) {
        DenseLayer.Builder builder = Networks.hidden(4, 5).name("second");
        change.accept(builder);
        return builder.build();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> requireRefusal(MultiLayerNetwork net, DataSet data) {
        return requireRefusal(trainer(), net, data);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> requireRefusal(
            BcdTrainer trainer, MultiLayerNetwork net, DataSet data) {
        INDArray before = net.params().dup();
        var refusal = assertThatThrownBy(() -> trainer.fit(net, data));
        assertThat(net.params()).isEqualTo(before);
        return refusal;
    }
}
