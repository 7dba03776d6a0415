package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkConverterTest {
    private static final NetworkConverter CONVERTER = NetworkConverter.standard();

    private static NeuralNetConfiguration.ListBuilder layers(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(2)
                .dataType(DataType.DOUBLE)
                .list();
        Stream.of(layers).forEach(list::layer);
        return list;
    }

    private static MultiLayerNetwork network(Layer... layers) {
        return RandomNetworks.initialized(layers(layers));
    }

    private static DenseLayer dense(int in, int out, Activation activation) {
        return new DenseLayer.Builder()
                .nIn(in)
                .nOut(out)
                .activation(activation)
                .biasInit(0.3)
                .build();
    }

    private static OutputLayer output(int in, int out, Activation activation) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(in)
                .nOut(out)
                .activation(activation)
                .build();
    }

    @Test
    void modelHasTheFormOfSection22() {
        MultiLayerNetwork network =
                network(dense(4, 3, Activation.RELU), dense(3, 5, Activation.TANH), output(5, 2, Activation.IDENTITY));
        ImplicitNetwork implicit = CONVERTER.convert(network);
        INDArray w0 = network.getLayer(0).getParam("W").transpose();
        INDArray w1 = network.getLayer(1).getParam("W").transpose();
        INDArray w2 = network.getLayer(2).getParam("W").transpose();
        INDArray a = Nd4j.zeros(DataType.DOUBLE, 8, 8);
        put(a, w1, 0, 5);
        INDArray b = Nd4j.zeros(DataType.DOUBLE, 8, 4);
        put(b, w0, 5, 0);
        INDArray c = Nd4j.zeros(DataType.DOUBLE, 2, 8);
        put(c, w2, 0, 0);
        assertThat(implicit.model().blocks()).isEqualTo(Partition.of(5, 3));
        assertThat(implicit.model().a().toDense(DataType.DOUBLE)).isEqualTo(a);
        assertThat(implicit.model().b().toDense(DataType.DOUBLE)).isEqualTo(b);
        assertThat(implicit.model().c().toDense(DataType.DOUBLE)).isEqualTo(c);
        assertThat(implicit.model().d().isZero()).isTrue();
        assertThat(implicit.model().stateBias(DataType.DOUBLE).toDoubleVector()).containsOnly(0.3);
        assertThat(implicit.model().parameterCount()).isEqualTo(network.numParams());
        assertThat(implicit.preOutput().blocks()).isEqualTo(implicit.model().blocks());
    }

    private static void put(INDArray target, INDArray block, int row, int col) {
        for (int i = 0; i < block.rows(); i++) {
            for (int j = 0; j < block.columns(); j++) {
                target.putScalar(row + i, col + j, block.getDouble(i, j));
            }
        }
    }

    @Test
    void affineMapAndActivationLayerShareOneBlock() {
        ImplicitNetwork implicit = CONVERTER.convert(network(
                dense(4, 3, Activation.IDENTITY),
                new DropoutLayer(0.5),
                new ActivationLayer(Activation.TANH),
                output(3, 2, Activation.SOFTMAX)));
        assertThat(implicit.model().blocks()).isEqualTo(Partition.of(2, 3));
    }

    @Test
    void singleAffineLayerGetsAStateThatCopies() {
        MultiLayerNetwork network = network(output(4, 2, Activation.IDENTITY));
        ImplicitNetwork implicit = CONVERTER.convert(network);
        assertThat(implicit.model().blocks()).isEqualTo(Partition.of(2));
        INDArray features = RandomNetworks.normal(1, 3, 4, DataType.DOUBLE);
        ConversionTest.assertEqual(implicit.output(features), network.output(features));
    }

    @Test
    void everyLayerHasFeaturesThoughOnlySomeAreStates() {
        MultiLayerNetwork network = network(
                dense(4, 3, Activation.RELU),
                new DropoutLayer(0.5),
                dense(3, 6, Activation.IDENTITY),
                dense(6, 5, Activation.IDENTITY),
                new ActivationLayer(Activation.TANH),
                output(5, 2, Activation.SOFTMAX));
        INDArray features = RandomNetworks.normal(1, 6, 4, DataType.DOUBLE);
        ImplicitNetwork implicit = CONVERTER.convert(network);
        Map<String, INDArray> states = implicit.states(features);
        List<INDArray> activations = network.feedForward(features);
        assertThat(states.keySet()).containsExactly("layer0", "layer1", "layer2", "layer3", "layer4", "layer5");
        for (int i : new int[] {0, 1, 2, 4, 5}) {
            ConversionTest.assertEqual(states.get("layer" + i), activations.get(i + 1));
        }
        // DL4J's activation layer writes over what goes into it, so that this is computed here.
        INDArray z = activations
                .get(3)
                .mmul(network.getLayer(3).getParam("W"))
                .addiRowVector(network.getLayer(3).getParam("b"));
        ConversionTest.assertEqual(states.get("layer3"), z);
        assertThat(implicit.model().blocks()).isEqualTo(Partition.of(2, 5, 6, 3));
    }

    @Test
    void nothingMutableIsShared() {
        MultiLayerNetwork network = network(dense(4, 3, Activation.TANH), output(3, 2, Activation.IDENTITY));
        INDArray features = RandomNetworks.normal(1, 3, 4, DataType.DOUBLE);
        INDArray expected = network.output(features);
        ImplicitNetwork implicit = CONVERTER.convert(network);
        network.params().assign(7);
        assertThat(implicit.output(features)).isEqualTo(implicit.output(features));
        ConversionTest.assertEqual(implicit.output(features), expected);

        INDArray before = network.params().dup();
        implicit.model().a().toDense(DataType.DOUBLE).assign(1);
        implicit.model().stateBias(DataType.DOUBLE).assign(1);
        implicit.output(features).assign(1);
        implicit.states(features).values().forEach(state -> state.assign(1));
        assertThat(network.params()).isEqualTo(before);
        ConversionTest.assertEqual(implicit.output(features), expected);
    }

    @Test
    void conversionOutlivesTheWorkspaceItWasMadeIn() {
        MultiLayerNetwork network = network(dense(4, 3, Activation.TANH), output(3, 2, Activation.SOFTMAX));
        INDArray features = RandomNetworks.normal(1, 3, 4, DataType.DOUBLE);
        ImplicitNetwork implicit;
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("test")) {
            implicit = CONVERTER.convert(network);
        }
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("test")) {
            Nd4j.create(DataType.DOUBLE, 1000).assign(3);
        }
        ConversionTest.assertEqual(implicit.output(features), network.output(features));
    }

    @Test
    void anyNumberOfThreadsGetTheSameOutput() {
        MultiLayerNetwork network = network(dense(4, 30, Activation.TANH), output(30, 2, Activation.SOFTMAX));
        INDArray features = RandomNetworks.normal(1, 64, 4, DataType.DOUBLE);
        ImplicitNetwork implicit = CONVERTER.convert(network);
        INDArray expected = CONVERTER.convert(network).output(features);
        List<INDArray> outputs = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> implicit.output(features))
                .toList();
        assertThat(outputs).allSatisfy(output -> assertThat(output).isEqualTo(expected));
    }

    @Test
    void weightNoiseAndFreezingDoNothingAtInference() {
        Layer noisy = new DenseLayer.Builder()
                .nIn(4)
                .nOut(3)
                .activation(Activation.TANH)
                .weightNoise(new DropConnect(0.5))
                .dropOut(0.5)
                .build();
        MultiLayerNetwork network = network(
                noisy,
                new FrozenLayer.Builder().layer(dense(3, 3, Activation.SIGMOID)).build(),
                output(3, 2, Activation.SOFTMAX));
        INDArray features = RandomNetworks.normal(1, 5, 4, DataType.DOUBLE);
        ConversionTest.assertEqual(CONVERTER.convert(network).output(features), network.output(features));
    }

    @Test
    void imagesAreFlattenedAsTheNetworkDoes() {
        MultiLayerNetwork network = RandomNetworks.initialized(layers(
                        new DenseLayer.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build())
                .setInputType(InputType.convolutional(2, 3, 2)));
        ImplicitNetwork implicit = CONVERTER.convert(network);
        INDArray rows = RandomNetworks.normal(1, 5, 12, DataType.DOUBLE);
        INDArray images = rows.reshape('c', 5, 2, 2, 3);
        ConversionTest.assertEqual(implicit.output(images), network.output(images));
        ConversionTest.assertEqual(implicit.output(rows), network.output(rows));
    }

    @Test
    void unsupportedLayersAreRefusedByNameAndIndex() {
        MultiLayerNetwork normalized = RandomNetworks.initialized(layers(
                        new ConvolutionLayer.Builder(2, 2).nOut(2).build(),
                        new LocalResponseNormalization.Builder().name("norm").build(),
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build())
                .setInputType(InputType.convolutional(4, 4, 1)));
        assertThatThrownBy(() -> CONVERTER.convert(normalized, InputType.convolutional(4, 4, 1)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("LocalResponseNormalization at index 1 (\"norm\")")
                .hasMessageContaining("use batch normalization");
    }

    /** A layer that nobody knows. */
    private static final class OwnDropout extends DropoutLayer {
        private static final long serialVersionUID = 1L;

        OwnDropout() {
            super(0.5);
        }
    }

    @Test
    void unknownLayersAreRefusedWithWhatIsSupported() {
        assertThatThrownBy(() -> CONVERTER.convert(
                        network(dense(4, 3, Activation.RELU), new OwnDropout(), output(3, 2, Activation.SOFTMAX))))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("OwnDropout at index 1")
                .hasMessageContaining("supported are ActivationLayer,")
                .hasMessageContaining("NetworkConverter.with");
    }

    @Test
    void networksThatDoNotTellTheShapeOfTheirInputAreRefusedWithoutOne() {
        MultiLayerNetwork images = RandomNetworks.initialized(layers(
                        new ConvolutionLayer.Builder(2, 2).nOut(2).build(),
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build())
                .setInputType(InputType.convolutional(4, 4, 1)));
        assertThatThrownBy(() -> CONVERTER.convert(images))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("Nothing says how many features the network takes")
                .hasMessageContaining("InputType.convolutional(height, width, channels)");
        assertThatThrownBy(() -> CONVERTER.convert(images, InputType.convolutional(4, 4, 3)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("ConvolutionLayer at index 0")
                .hasMessageContaining("3 channels on a grid [4, 4]");
        assertThatThrownBy(() -> CONVERTER.convert(images, InputType.feedForward(16)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("ConvolutionLayer at index 0")
                .hasMessageContaining("grid of 2 dimensions")
                .hasMessageContaining("16 features");
        assertThatThrownBy(() -> CONVERTER.convert(images, InputType.recurrent(4)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("leaves a size open");
    }

    @Test
    void unsupportedSettingsAreRefused() {
        Layer normalized =
                new DenseLayer.Builder().nIn(4).nOut(3).hasLayerNorm(true).build();
        assertThatThrownBy(() -> CONVERTER.convert(network(normalized, output(3, 2, Activation.SOFTMAX))))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("DenseLayer at index 0")
                .hasMessageContaining("hasLayerNorm(false)");
        assertThatThrownBy(() ->
                        CONVERTER.convert(network(dense(4, 3, Activation.RRELU), output(3, 2, Activation.SOFTMAX))))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("DenseLayer at index 0")
                .hasMessageContaining("random");
        MultiLayerNetwork sequence =
                RandomNetworks.initialized(layers(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX))
                        .inputPreProcessor(0, new RnnToCnnPreProcessor(2, 3, 1)));
        assertThatThrownBy(() -> CONVERTER.convert(sequence, InputType.recurrent(4, 3)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("layer at index 0")
                .hasMessageContaining("RnnToCnnPreProcessor");
    }

    @Test
    void networksThatAreNotReadyAreRefused() {
        MultiLayerNetwork raw =
                new MultiLayerNetwork(layers(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX))
                        .build());
        assertThatThrownBy(() -> CONVERTER.convert(raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("init()");
        MultiLayerNetwork broken = network(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX));
        broken.getLayer(1).getParam("W").putScalar(1, 1, Double.NaN);
        assertThatThrownBy(() -> CONVERTER.convert(broken))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("parameter W of OutputLayer at index 1");
        MultiLayerNetwork half = network(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX))
                .convertDataType(DataType.FLOAT16);
        assertThatThrownBy(() -> CONVERTER.convert(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("type HALF");
        assertThatThrownBy(() -> CONVERTER.convert(network(new DropoutLayer(0.5))))
                .isInstanceOf(UnknownInputException.class)
                .hasMessageContaining("how many features");
    }

    @Test
    void featuresThatDoNotFitAreRefused() {
        ImplicitNetwork implicit =
                CONVERTER.convert(network(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX)));
        assertThatThrownBy(() -> implicit.output(Nd4j.zeros(DataType.DOUBLE, 6, 5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[samples, 4]")
                .hasMessageContaining("[6, 5]");
        assertThatThrownBy(() -> implicit.output(Nd4j.zeros(DataType.DOUBLE, 4, 5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("transpose");
        assertThatThrownBy(() -> implicit.output(Nd4j.zeros(DataType.DOUBLE, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[4]");
        assertThatThrownBy(() -> implicit.output(Nd4j.zeros(DataType.DOUBLE, 2, 2, 1, 2)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> implicit.output(Nd4j.valueArrayOf(new long[] {2, 4}, Double.NaN, DataType.DOUBLE)))
                .isInstanceOf(NonFiniteException.class);
    }

    @Test
    void samplesThatNoArrayHoldsAreRefused() {
        MultiLayerNetwork network = network(
                new ConvolutionLayer.Builder(2, 2).nIn(3).nOut(4).build(),
                new CnnLossLayer.Builder(LossFunction.MSE).build());
        assertThatThrownBy(() -> CONVERTER.convert(network, InputType.convolutional(999_999, 999_999, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 channels on a grid [999999, 999999]")
                .hasMessageContaining("smaller sizes");
        assertThatThrownBy(() -> CONVERTER.convert(network, InputType.feedForward(3_000_000_000L)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3000000000");
    }

    @Test
    void featuresOfAnotherTypeAreCastAsTheNetworkDoes() {
        MultiLayerNetwork network = network(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX));
        INDArray features = RandomNetworks.normal(1, 3, 4, DataType.FLOAT);
        ConversionTest.assertEqual(CONVERTER.convert(network).output(features), network.output(features));
    }

    @Test
    void aTranslatorOfOnesOwnExtendsTheConverter() {
        // With alpha 0 and k 1, the normalization is the identity.
        LayerTranslator<LocalResponseNormalization> translator = new LayerTranslator<>() {
            @Override
            public Class<LocalResponseNormalization> type() {
                return LocalResponseNormalization.class;
            }

            @Override
            public Signal translate(LayerSource<LocalResponseNormalization> layer, Signal input) {
                return input;
            }
        };
        NetworkConverter extended = CONVERTER.with(translator);
        assertThat(extended.supported()).contains("LocalResponseNormalization");
        assertThat(CONVERTER.supported()).doesNotContain("LocalResponseNormalization");
        InputType images = InputType.convolutional(3, 3, 2);
        MultiLayerNetwork network = RandomNetworks.initialized(layers(
                        new ConvolutionLayer.Builder(2, 2).nOut(4).build(),
                        new LocalResponseNormalization.Builder().alpha(0).k(1).build(),
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build())
                .setInputType(images));
        INDArray features = RandomImageNetworks.features(1, images, 5, DataType.DOUBLE);
        ConversionTest.assertEqual(extended.convert(network, images).output(features), network.output(features));
    }

    @Test
    void summaryTellsSizesAndLayers() {
        ImplicitNetwork implicit =
                CONVERTER.convert(network(dense(4, 3, Activation.RELU), output(3, 2, Activation.SOFTMAX)));
        assertThat(implicit.summary()).contains("[2, 3]", "layer0: 3", "layer1: 2", "parameters   23 of type DOUBLE");
        assertThat(implicit.toString()).contains("4 inputs, 5 states").contains("2 outputs");
    }
}
