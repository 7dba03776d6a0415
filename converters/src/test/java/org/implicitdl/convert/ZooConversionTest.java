package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
}
