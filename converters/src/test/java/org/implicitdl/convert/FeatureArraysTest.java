package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** However an array of features lies in memory, of whatever type and size, the model gives what the network gives. */
class FeatureArraysTest {

    /** A network of rows, images, sequences or volumes, and what it takes. */
    private record Case(String name, MultiLayerNetwork network, InputType input) {

        INDArray features(int samples) {
            return RandomImageNetworks.features(5, input, samples, DataType.DOUBLE);
        }

        ImplicitNetwork convert() {
            return NetworkConverter.standard().convert(network, input);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Case drawn(String name, InputType input, Layer first, Layer last) {
        return new Case(
                name,
                RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                        .seed(4)
                        .dataType(DataType.DOUBLE)
                        .activation(Activation.TANH)
                        .list()
                        .layer(first)
                        .layer(last)
                        .setInputType(input)),
                input);
    }

    private static OutputLayer classes() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static Stream<Case> cases() {
        return Stream.of(
                drawn(
                        "rows",
                        InputType.feedForward(6),
                        new DenseLayer.Builder().nOut(4).build(),
                        classes()),
                images(CNN2DFormat.NCHW),
                images(CNN2DFormat.NHWC),
                drawn(
                        "sequences",
                        InputType.recurrent(3, 5, RNNFormat.NCW),
                        new LSTM.Builder().nOut(4).dataFormat(RNNFormat.NCW).build(),
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .dataFormat(RNNFormat.NCW)
                                .build()),
                drawn(
                        "volumes",
                        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 4, 3, 2),
                        new Convolution3D.Builder(2, 2, 2)
                                .nOut(2)
                                .dataFormat(Convolution3D.DataFormat.NCDHW)
                                .build(),
                        classes()));
    }

    private static Case images(CNN2DFormat format) {
        return drawn(
                "images " + format,
                InputType.convolutional(4, 5, 2, format),
                new ConvolutionLayer.Builder(2, 2).nOut(3).dataFormat(format).build(),
                classes());
    }

    private static void assertSame(Case network, INDArray features) {
        ConversionTest.assertEqual(
                network.convert().output(features), network.network().output(features.dup()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfSamples(Case network) {
        for (int samples : new int[] {1, 2, 3, 7, 33, 257}) {
            assertSame(network, network.features(samples));
        }
    }

    /** The same numbers in other places. */
    private static INDArray strided(INDArray features) {
        long[] large = Arrays.stream(features.shape()).map(n -> 2 * n + 2).toArray();
        INDArrayIndex[] odd = new INDArrayIndex[large.length];
        Arrays.setAll(odd, d -> NDArrayIndex.interval(1, 2, large[d] - 1));
        INDArray view = Nd4j.valueArrayOf(large, 7, features.dataType()).get(odd);
        return view.assign(features);
    }

    private static INDArray batchOf(INDArray features) {
        INDArray more = Nd4j.concat(0, features.mul(-3), features, features.add(2));
        INDArrayIndex[] middle = new INDArrayIndex[features.rank()];
        Arrays.fill(middle, NDArrayIndex.all());
        middle[0] = NDArrayIndex.interval(features.size(0), 2 * features.size(0));
        return more.get(middle);
    }

    private static INDArray reversed(INDArray features) {
        int[] back = new int[features.rank()];
        Arrays.setAll(back, d -> back.length - 1 - d);
        return features.permute(back).dup('c').permute(back);
    }

    static Stream<Arguments> views() {
        return cases().flatMap(network -> Stream.of(
                view(network, "'f' order", features -> features.dup('f')),
                view(network, "strided", FeatureArraysTest::strided),
                view(network, "part of a batch", FeatureArraysTest::batchOf),
                view(network, "permuted", FeatureArraysTest::reversed)));
    }

    private static Arguments view(Case network, String name, UnaryOperator<INDArray> view) {
        return Arguments.of(network, name, view);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("views")
    void anyPlaceInMemory(Case network, String name, UnaryOperator<INDArray> view) {
        ImplicitNetwork implicit = network.convert();
        for (int samples : new int[] {1, 3}) {
            INDArray features = network.features(samples);
            INDArray lying = view.apply(features);
            INDArray before = lying.dup();
            assertThat(lying).isEqualTo(features);
            ConversionTest.assertEqual(implicit.output(lying), network.network().output(features.dup()));
            assertThat(lying).isEqualTo(before);
        }
    }

    static Stream<Arguments> types() {
        return cases().flatMap(network -> Stream.of(
                        DataType.FLOAT,
                        DataType.FLOAT16,
                        DataType.BFLOAT16,
                        DataType.INT32,
                        DataType.INT64,
                        DataType.INT8,
                        DataType.UINT8,
                        DataType.BOOL)
                .map(type -> Arguments.of(network, type)));
    }

    @ParameterizedTest(name = "{0} of type {1}")
    @MethodSource("types")
    void anyType(Case network, DataType type) {
        INDArray features = network.features(3).mul(4).castTo(type);
        assertThat(features.castTo(DataType.DOUBLE).amaxNumber().doubleValue()).isPositive();
        assertSame(network, features);
        assertSame(network, features.dup('f'));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsInTheOrderOfTheModelStandForImagesSequencesAndVolumes(Case network) {
        ImplicitNetwork implicit = network.convert();
        INDArray features = network.features(4);
        INDArray rows = implicit.columns(features).transpose();
        assertThat(rows.rank()).isEqualTo(2);
        assertThat(implicit.output(rows)).isEqualTo(implicit.output(features));
        assertThat(implicit.output(strided(rows))).isEqualTo(implicit.output(features));
        assertThat(implicit.features(rows)).containsExactly(features);
        assertThat(implicit.features(strided(rows))).containsExactly(features);
    }

    @Test
    void aRowOfSeveralInputsHoldsOneAfterTheOther() {
        RandomGraphs.Drawn two = LongStream.range(0, 50)
                .mapToObj(seed -> RandomGraphs.any(seed, DataType.DOUBLE))
                .filter(drawn -> drawn.inputs().length == 2)
                .findFirst()
                .orElseThrow();
        ImplicitNetwork implicit = NetworkConverter.standard().convert(two.graph(), two.inputs());
        INDArray[] features = two.features(3, 4, DataType.DOUBLE);
        INDArray rows = implicit.columns(features).transpose();
        assertThat(implicit.features(rows)).containsExactly(features);
        assertThatThrownBy(() -> implicit.features(rows.transpose()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[samples, 35] for 2 channels on a grid [4, 4]")
                .hasMessageContaining("and 3 features")
                .hasMessageContaining("[35, 4]");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noSamplesAreRefused(Case network) {
        long[] none = network.features(1).shape();
        none[0] = 0;
        assertThatThrownBy(() -> network.convert().output(Nd4j.create(DataType.DOUBLE, none)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("no sample")
                .hasMessageContaining(Arrays.toString(none));
    }

    static Stream<INDArray> indices() {
        INDArray rows = Nd4j.createFromArray(new int[][] {{0}, {6}, {3}});
        return Stream.of(
                rows,
                rows.castTo(DataType.INT64),
                rows.castTo(DataType.UINT8),
                rows.castTo(DataType.FLOAT16),
                rows.castTo(DataType.DOUBLE).dup('f'),
                strided(rows));
    }

    @ParameterizedTest
    @MethodSource("indices")
    void indicesOfAnyType(INDArray indices) {
        MultiLayerNetwork network = RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new EmbeddingLayer.Builder().nIn(7).nOut(4).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build()));
        INDArray expected = network.output(Nd4j.createFromArray(new double[][] {{0}, {6}, {3}}));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        ConversionTest.assertEqual(implicit.output(indices), expected);
        ConversionTest.assertEqual(implicit.output(indices.reshape(3)), expected);
        ConversionTest.assertEqual(implicit.output(implicit.features(indices)), expected);
        assertThatThrownBy(() -> implicit.output(Nd4j.create(DataType.INT32, 0, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("no sample");
    }
}
