package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Networks in which layers come before and after the implicit one. */
class OtherLayersTest {
    private static final double KAPPA = 0.5;

    private final DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MCXENT, 90);

    private static ImplicitLayer states(int inputs, int states) {
        return new ImplicitLayer.Builder()
                .nIn(inputs)
                .stateSize(states)
                .stateOutput(true)
                .kappa(KAPPA)
                .activation(Activation.RELU)
                .build();
    }

    private static OutputLayer softmax(int inputs) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(inputs)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static OutputLayer softmaxWithoutBias() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(3)
                .hasBias(false)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** 4 features, 5 hidden units, 8 states, 6 hidden units, 3 classes. */
    private static MultiLayerNetwork inTheMiddle() {
        return Networks.of(
                DataType.DOUBLE,
                Networks.hidden(4, 5).build(),
                states(5, 8),
                Networks.hidden(8, 6).build(),
                softmax(6));
    }

    private DataSetIterator batches() {
        return new ListDataSetIterator<>(data.asList(), 30);
    }

    private static BcdTrainer trainer(OtherLayers others) {
        return new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withDamping(0.1))
                .otherLayers(others)
                .sweeps(25)
                .build();
    }

    @Test
    void fixedLayersStayAndTheImplicitOneBetweenThemLearns() {
        MultiLayerNetwork net = inTheMiddle();
        double before = net.score(data);
        List<INDArray> parameters = parametersOf(net);

        trainer(OtherLayers.FIXED).fit(net, batches());

        for (int l : new int[] {0, 2, 3}) {
            assertThat(net.getLayer(l).params()).isEqualTo(parameters.get(l));
        }
        assertThat(net.getLayer(1).params()).isNotEqualTo(parameters.get(1));
        assertThat(net.score(data)).isLessThan(0.9 * before);
        assertThat(net.getParam("1_A").norm1(1).maxNumber().doubleValue()).isLessThanOrEqualTo(KAPPA);
    }

    private static List<INDArray> parametersOf(MultiLayerNetwork net) {
        return List.of(net.getLayers()).stream()
                .map(layer -> layer.params().dup())
                .toList();
    }

    @Test
    void layersTrainedInTurnChangeAndLearnMore() {
        MultiLayerNetwork fixed = inTheMiddle();
        MultiLayerNetwork net = inTheMiddle();
        List<INDArray> parameters = parametersOf(net);

        trainer(OtherLayers.FIXED).fit(fixed, batches());
        trainer(OtherLayers.TRAINED).fit(net, batches());

        for (int l = 0; l < 4; l++) {
            assertThat(net.getLayer(l).params()).isNotEqualTo(parameters.get(l));
        }
        assertThat(net.score(data)).isLessThan(0.8 * fixed.score(data));
    }

    @Test
    void theStepInTurnIsThatOfBackPropagationAndLeavesTheTrainedLayers() {
        MultiLayerNetwork expected = inTheMiddle();
        MultiLayerNetwork net = inTheMiddle();
        INDArray before = net.getLayer(1).params().dup();
        expected.fit(data);

        new GradientStep(net, l -> l != 1).take(data);

        for (int l : new int[] {0, 2, 3}) {
            assertThat(net.getLayer(l).params()).isEqualTo(expected.getLayer(l).params());
        }
        assertThat(net.getLayer(1).params()).isEqualTo(before);
    }

    /** Where the implicit layer stands still, nothing is left but back-propagation, whose updater remembers earlier steps. */
    @Test
    void theUpdaterOfTheOtherLayersKeepsItsState() {
        DataSet some = Networks.data(DataType.DOUBLE, LossFunction.MSE, 60);
        MultiLayerNetwork expected = Networks.among(DataType.DOUBLE, new Sgd(0));
        MultiLayerNetwork net = Networks.among(DataType.DOUBLE, new Sgd(0));
        expected.fit(new ListDataSetIterator<>(some.asList(), 20), 3);

        new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(1e-300))
                .otherLayers(OtherLayers.TRAINED)
                .sweeps(3)
                .build()
                .fit(net, new ListDataSetIterator<>(some.asList(), 20));

        assertThat(net.params().distance2(expected.params())).isLessThan(1e-12);
        assertThat(net.score()).isCloseTo(expected.score(), within(1e-12));
    }

    @Test
    void theResidualBeforeAnOutputLayerIsThatOfItsLoss() {
        MultiLayerNetwork net = Networks.of(DataType.DOUBLE, states(4, 5), softmax(5));
        INDArray x = Nd4j.randn(DataType.DOUBLE, 90, 5);

        INDArray residual = new RestOfNetwork(net, new ImplicitPart(net)).residual(x, data.getLabels());

        INDArray outputs = Transforms.softmax(x.mmul(net.getParam("1_W")).addRowVector(net.getParam("1_b")));
        INDArray expected =
                data.getLabels().sub(outputs).mmul(net.getParam("1_W").transpose());
        assertThat(residual.distance2(expected)).isLessThan(1e-12);
    }

    @Test
    void theResidualBeforeSeveralLayersIsMinusTheSlopeOfTheirLoss() {
        MultiLayerNetwork net = inTheMiddle();
        RestOfNetwork rest = new RestOfNetwork(net, new ImplicitPart(net));
        MultiLayerNetwork alone =
                Networks.of(DataType.DOUBLE, Networks.hidden(8, 6).build(), softmax(6));
        alone.setParams(Nd4j.hstack(
                net.getLayer(2).params().reshape(1, -1),
                net.getLayer(3).params().reshape(1, -1)));
        INDArray x = Nd4j.randn(DataType.DOUBLE, 90, 8);

        INDArray residual = rest.residual(x, data.getLabels());

        double step = 1e-6;
        for (int i = 0; i < 8; i++) {
            double loss = 0;
            for (int sign : new int[] {1, -1}) {
                INDArray moved = x.dup();
                moved.putScalar(7, i, moved.getDouble(7, i) + sign * step);
                loss += sign * 90 * alone.score(new DataSet(moved, data.getLabels()));
            }
            assertThat(residual.getDouble(7, i)).isCloseTo(-loss / (2 * step), within(1e-6));
        }
    }

    @Test
    void aReadoutOfItsOwnBeforeFurtherLayersIsTrainedToo() {
        MultiLayerNetwork net = Networks.of(
                DataType.DOUBLE,
                new ImplicitLayer.Builder()
                        .nIn(4)
                        .stateSize(8)
                        .nOut(6)
                        .kappa(KAPPA)
                        .activation(Activation.RELU)
                        .build(),
                softmax(6));
        double before = net.score(data);
        INDArray c = net.getParam("0_C").dup();
        INDArray w = net.getParam("1_W").dup();

        trainer(OtherLayers.FIXED).fit(net, batches());

        assertThat(net.getParam("0_C")).isNotEqualTo(c);
        assertThat(net.getParam("1_W")).isEqualTo(w);
        assertThat(net.score(data)).isLessThan(0.6 * before);
    }

    @Test
    void aConvolutionBeforeIsPassedThroughAndFlattened() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .list(
                        new ConvolutionLayer.Builder(2, 2)
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        states(3, 6),
                        softmax(6))
                .setInputType(InputType.convolutionalFlat(2, 2, 1))
                .build());
        net.init();
        double before = net.score(data);
        INDArray convolution = net.getLayer(0).params().dup();

        trainer(OtherLayers.FIXED).fit(net, batches());

        assertThat(net.getLayer(0).params()).isEqualTo(convolution);
        assertThat(net.score(data)).isLessThan(0.8 * before);
    }

    @Test
    void whatCannotComeAfterIsNamed() {
        requireRefusal(
                "couples the samples",
                states(4, 8),
                new BatchNormalization.Builder().nOut(8).build(),
                softmax(8));
        requireRefusal(
                "dropout", states(4, 8), Networks.hidden(8, 6).dropOut(0.5).build(), softmax(6));
        requireRefusal(
                "is frozen", states(4, 8), new FrozenLayer(Networks.hidden(8, 6).build()), softmax(6));
        requireRefusal("without a loss", states(4, 8), Networks.hidden(8, 3).build());
        requireRefusal("has no bias", states(4, 8), softmaxWithoutBias());
        requireRefusal("without a loss", Networks.hidden(4, 4).build(), states(4, 3));
    }

    private void requireRefusal(String reason, Layer... layers) {
        assertThatThrownBy(() -> trainer(OtherLayers.FIXED).fit(Networks.of(DataType.DOUBLE, layers), data))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void allSamplesAtOnceTakeNoFurtherLayersAndTrainNoneInTurn() {
        BcdTrainer.Builder full = new BcdTrainer.Builder().method(ImplicitDescent.withDefaults());

        assertThatThrownBy(() -> full.build().fit(inTheMiddle(), data))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("in minibatches also");
        assertThatThrownBy(() -> full.otherLayers(OtherLayers.TRAINED).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose MinibatchDescent");
    }

    @Test
    void thereMustBeOtherLayersToTrain() {
        for (MultiLayerNetwork net : List.of(Networks.implicit(DataType.DOUBLE), Networks.small(DataType.DOUBLE))) {
            assertThatThrownBy(() ->
                            trainer(OtherLayers.TRAINED).fit(net, Networks.data(DataType.DOUBLE, LossFunction.MSE, 20)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no other layers");
        }
    }

    @Test
    void labelsOfAnotherWidthAreNamed() {
        assertThatThrownBy(() -> trainer(OtherLayers.FIXED)
                        .fit(inTheMiddle(), Networks.data(DataType.DOUBLE, LossFunction.MSE, 20)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[20, 2]");
    }
}
