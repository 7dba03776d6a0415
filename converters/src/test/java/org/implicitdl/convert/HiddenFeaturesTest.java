package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What every layer puts out, by its name, is what the network's {@code feedForward} gives for it. */
class HiddenFeaturesTest {

    static LongStream seeds() {
        return LongStream.range(0, 24);
    }

    private static DataType type(long seed) {
        return seed % 4 == 3 ? DataType.FLOAT : DataType.DOUBLE;
    }

    private static int samples(long seed) {
        return 1 + (int) seed % 3;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofRows(long seed) {
        MultiLayerNetwork network = RandomNetworks.any(seed, 1 + (int) seed % 6, type(seed));
        INDArray features = RandomNetworks.features(seed, samples(seed), network);
        assertSame(network, NetworkConverter.standard().convert(network), features);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofImages(long seed) {
        assertSame(RandomImageNetworks.any(seed, type(seed)), seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofSequences(long seed) {
        assertSame(RandomSequenceNetworks.any(seed, type(seed)), seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofVolumes(long seed) {
        assertSame(RandomVolumeNetworks.any(seed, type(seed)), seed);
    }

    private static void assertSame(RandomImageNetworks.Drawn drawn, long seed) {
        assertSame(
                drawn.network(),
                NetworkConverter.standard().convert(drawn.network(), drawn.input()),
                RandomImageNetworks.features(seed, drawn.input(), samples(seed), type(seed)));
    }

    private static void assertSame(MultiLayerNetwork network, ImplicitNetwork implicit, INDArray features) {
        List<INDArray> found = List.copyOf(implicit.states(features).values());
        assertThat(found).hasSize(network.getnLayers());
        for (int i = 0; i < found.size(); i++) {
            // Up to this layer alone: DL4J's activation layers overwrite what the layer before put out.
            List<INDArray> expected = network.feedForwardToLayer(i, features.dup(), false);
            ConversionTest.assertEqual(found.get(i), expected.get(i + 1));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofGraphs(long seed) {
        RandomGraphs.Drawn drawn = RandomGraphs.any(seed, type(seed));
        ComputationGraph graph = drawn.graph();
        INDArray[] features = drawn.features(seed, samples(seed), type(seed));
        Map<String, INDArray> found =
                NetworkConverter.standard().convert(graph, drawn.inputs()).states(features);
        Map<String, INDArray> expected =
                graph.feedForward(Stream.of(features).map(INDArray::dup).toArray(INDArray[]::new), false);
        assertThat(found).hasSize(expected.size() - features.length);
        found.forEach((name, feature) -> ConversionTest.assertEqual(
                isOverwritten(graph, name) ? Transforms.tanh(feature) : feature, expected.get(name)));
        List<String> order = IntStream.of(graph.topologicalSortOrder())
                .mapToObj(vertex -> graph.getVertices()[vertex].getVertexName())
                .filter(found::containsKey)
                .toList();
        assertThat(found.keySet()).containsExactlyElementsOf(order);
    }

    /** DL4J's activation layers, which are tanh here, write over what the vertex before put out. */
    private static boolean isOverwritten(ComputationGraph graph, String name) {
        return Stream.of(
                        graph.getVertex(name).getOutputVertices() == null
                                ? new VertexIndices[0]
                                : graph.getVertex(name).getOutputVertices())
                .map(reader -> graph.getVertices()[reader.getVertexIndex()])
                .anyMatch(
                        vertex -> vertex.hasLayer() && vertex.getLayer().conf().getLayer() instanceof ActivationLayer);
    }
}
