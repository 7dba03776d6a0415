package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ZooConversionTest {

    static Stream<Arguments> architectures() {
        return Stream.of(
                arguments("LeNet", ZooNetworks::leNet, InputType.feedForward(28 * 28)),
                arguments("SimpleCNN", ZooNetworks::simpleCnn, InputType.convolutional(24, 24, 3)),
                arguments("AlexNet", ZooNetworks::alexNet, InputType.convolutional(67, 67, 3)),
                arguments("VGG16", ZooNetworks::vgg16, InputType.convolutional(32, 32, 3)),
                arguments("ResNet50", ZooNetworks::resNet50, InputType.convolutional(48, 48, 3)),
                arguments("SqueezeNet", ZooNetworks::squeezeNet, InputType.convolutional(48, 48, 3)),
                arguments("Darknet19", ZooNetworks::darknet19, InputType.convolutional(32, 32, 3)),
                arguments("UNet", ZooNetworks::uNet, InputType.convolutional(32, 32, 3)),
                arguments("Xception", ZooNetworks::xception, InputType.convolutional(48, 48, 3)));
    }

    private static Arguments arguments(String name, Function<DataType, ComputationGraph> make, InputType input) {
        return Arguments.of(name, make, input);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void outputEqualsTheNetworks(String name, Function<DataType, ComputationGraph> make, InputType input) {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            ComputationGraph graph = make.apply(type);
            ImplicitNetwork implicit = NetworkConverter.standard().convert(graph, input);
            INDArray features = RandomImageNetworks.features(11, input, 2, type);
            INDArray expected = graph.outputSingle(features.dup());
            ConversionTest.assertEqual(implicit.output(features), expected);
            // The outputs must tell samples apart, or equality would say little.
            assertThat(expected.slice(0).sub(expected.slice(1)).amaxNumber().doubleValue())
                    .isGreaterThan(1e-6 * expected.amaxNumber().doubleValue());
            // Nothing is stored but the network's own parameters, and what is computed of them once.
            assertThat(implicit.model().parameterCount()).isLessThanOrEqualTo((long) (1.05 * graph.numParams()) + 50);
        }
    }

    @ParameterizedTest(name = "TextGenerationLSTM, {0} steps")
    @ValueSource(ints = {1, 2, 40})
    void charactersHaveTheProbabilitiesOfTheNetworkAtEveryStep(int steps) {
        int characters = 26;
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            MultiLayerNetwork network = ZooNetworks.textGenerationLstm(characters, type);
            ImplicitNetwork implicit =
                    NetworkConverter.standard().convert(network, InputType.recurrent(characters, steps));
            INDArray text = text(3, characters, steps, type);
            INDArray expected = network.output(text);
            assertThat(expected.shape()).containsExactly(3, characters, steps);
            ConversionTest.assertEqual(implicit.output(text), expected);
            // A character has other probabilities after another beginning.
            INDArray last = expected.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(steps - 1));
            assertThat(last.getRow(0).distance2(last.getRow(1))).isGreaterThan(1e-4);
        }
    }

    /** Texts of random characters, of which the first two end with the same one. */
    private static INDArray text(int samples, int characters, int steps, DataType type) {
        Random random = new Random(12);
        INDArray text = Nd4j.zeros(type, samples, characters, steps);
        for (int t = 0; t < steps; t++) {
            for (int s = 0; s < samples; s++) {
                int character = steps > 1 && t == steps - 1 ? s / 2 : random.nextInt(characters);
                text.putScalar(s, character, t, 1);
            }
        }
        return text;
    }
}
