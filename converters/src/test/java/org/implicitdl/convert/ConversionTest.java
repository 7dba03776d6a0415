package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.wellposed.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ConversionTest {

    static Stream<Arguments> networks() {
        return IntStream.rangeClosed(1, 6)
                .boxed()
                .flatMap(depth -> IntStream.range(0, 12)
                        .boxed()
                        .flatMap(seed -> Stream.of(DataType.DOUBLE, DataType.FLOAT)
                                .map(type -> Arguments.of(depth, 100L * depth + seed, type))));
    }

    @ParameterizedTest(name = "depth {0}, seed {1}, {2}")
    @MethodSource("networks")
    void outputEqualsTheNetworks(int depth, long seed, DataType type) {
        MultiLayerNetwork network = RandomNetworks.any(seed, depth, type);
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        for (int samples : new int[] {1, 2, 17}) {
            INDArray features = RandomNetworks.features(seed + samples, samples, network);
            // DL4J's activation layers overwrite the features when they come first: give it its own.
            assertEqual(implicit.output(features), network.output(features.dup()));
        }
    }

    @ParameterizedTest(name = "depth {0}, seed {1}, {2}")
    @MethodSource("networks")
    void matrixIsStrictlyBlockUpperTriangular(int depth, long seed, DataType type) {
        MultiLayerNetwork network = RandomNetworks.any(seed, depth, type);
        ImplicitModel model = NetworkConverter.standard().convert(network).model();
        INDArray a = model.a().toDense(DataType.DOUBLE);
        Partition blocks = model.blocks();
        for (int i = 0; i < model.states(); i++) {
            for (int j = 0; j < blocks.end(blocks.blockOf(i)); j++) {
                assertThat(a.getDouble(i, j)).as("A(%d, %d)", i, j).isZero();
            }
        }
        assertThat(model.certificate().condition()).isEqualTo(Condition.TRIANGULAR);
        assertThat(model.certificate().margin()).isEqualTo(1);
        assertThat(model.certificate().holdsFor(model.phi())).isTrue();
        if (model.a() instanceof BlockOperator block) {
            IntStream.range(0, blocks.count())
                    .forEach(i -> IntStream.range(0, blocks.count())
                            .forEach(j -> assertThat(block.block(i, j)).isNotInstanceOf(BlockOperator.class)));
            INDArray b = model.b().toDense(DataType.DOUBLE);
            for (int i = 0; i < blocks.start(blocks.count() - 1); i++) {
                assertThat(b.getRow(i).ameanNumber().doubleValue()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "RRELU")
    void everyActivationIsKept(Activation activation) {
        MultiLayerNetwork network = RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .validateOutputLayerConfig(false)
                .layer(new DenseLayer.Builder()
                        .nIn(7)
                        .nOut(5)
                        .activation(activation)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new ActivationLayer(activation))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(3)
                        .activation(activation)
                        .build()));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        // An identity at the end is C = W, with no state of its own.
        assertThat(implicit.model().blocks())
                .isEqualTo(activation == Activation.IDENTITY ? Partition.of(4, 5) : Partition.of(3, 4, 5));
        INDArray features = RandomNetworks.features(4, 9, network);
        assertEqual(implicit.output(features), network.output(features));
    }

    static void assertEqual(INDArray actual, INDArray expected) {
        assertThat(actual.dataType()).isEqualTo(expected.dataType());
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double tolerance = expected.dataType() == DataType.DOUBLE ? 1e-12 : 1e-5;
        double scale = expected.amaxNumber().doubleValue();
        assertThat(scale).isFinite();
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThanOrEqualTo(tolerance * scale);
    }
}
