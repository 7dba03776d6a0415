package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryType;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The layer in every place of a network, behind every kind of layer. */
class NetworkTest {

    @BeforeAll
    static void computeInDouble() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterAll
    static void computeInFloatAgain() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    private static ImplicitLayer.Builder inferred() {
        return new ImplicitLayer.Builder().nOut(3).stateSize(4).activation(Activation.TANH);
    }

    private static boolean gradientIsExact(MultiLayerNetwork network, INDArray features, INDArray labels) {
        return GradientCheckUtil.checkGradients(new MLNConfig()
                .net(network)
                .input(features)
                .labels(labels)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9));
    }

    @Test
    void firstMiddleAndBeforeALossLayer() {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(),
                Networks.layer().build(),
                new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build(),
                Networks.layer().nIn(3).stateSize(3).build(),
                Networks.layer().nIn(3).nOut(2).stateSize(3).build(),
                new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build());

        assertThat(gradientIsExact(network, Networks.features(1, 3, 4), Networks.labels(3, 2)))
                .isTrue();
    }

    /** A network may end with the layer; its user gives the errors. The numbers are those of a loss layer behind it. */
    @Test
    void lastWithExternalErrors() {
        MultiLayerNetwork network =
                Networks.network(Networks.builder(), Networks.layer().build());
        INDArray features = Networks.features(1, 3, 4);
        INDArray errors = Networks.features(2, 3, 3);
        network.setInput(features);
        network.feedForward(true, false);

        Pair<org.deeplearning4j.nn.gradient.Gradient, INDArray> found =
                network.backpropGradient(errors, LayerWorkspaceMgr.noWorkspaces());

        double step = 1e-6;
        INDArray a = network.getParam("0_A");
        INDArray gradient = found.getFirst().getGradientFor("0_A");
        for (int i = 0; i < a.length(); i++) {
            double value = a.getDouble(i);
            a.putScalar(i, value + step);
            double above = network.output(features).mul(errors).sumNumber().doubleValue();
            a.putScalar(i, value - step);
            double below = network.output(features).mul(errors).sumNumber().doubleValue();
            a.putScalar(i, value);
            assertThat(gradient.getDouble(i))
                    .isCloseTo((above - below) / (2 * step), org.assertj.core.api.Assertions.within(1e-7));
        }
    }

    @Test
    void afterAConvolutionWithTheInferredPreprocessor() {
        MultiLayerNetwork network = Networks.network(Networks.builder()
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build())
                .layer(inferred().build())
                .layer(Networks.softmax(0, 2))
                .setInputType(InputType.convolutional(4, 4, 1))
                .build());

        assertThat(network.getParam("1_B").shape()).containsExactly(4, 2 * 3 * 3);
        assertThat(gradientIsExact(network, Networks.features(1, 2, 1, 4, 4), Networks.labels(2, 2)))
                .isTrue();
    }

    @Test
    void afterARecurrentLayerStepByStepWithMasks() {
        MultiLayerNetwork network = Networks.network(Networks.builder()
                .list()
                .layer(new LSTM.Builder().nOut(3).activation(Activation.TANH).build())
                .layer(inferred().build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(2))
                .build());
        INDArray features = Networks.features(1, 2, 2, 4);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 2, 2, 4);
        labels.get(org.nd4j.linalg.indexing.NDArrayIndex.all(), org.nd4j.linalg.indexing.NDArrayIndex.point(1))
                .assign(1);
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 1, 1}, {1, 1, 0, 0}});

        assertThat(GradientCheckUtil.checkGradients(new MLNConfig()
                        .net(network)
                        .input(features)
                        .labels(labels)
                        .inputMask(mask)
                        .labelMask(mask)
                        .maxRelError(1e-5)
                        .minAbsoluteError(1e-9)))
                .isTrue();
        network.setLayerMaskArrays(mask, mask);
        INDArray out = network.feedForward(features).get(2);
        INDArray last = out.reshape('c', 2 * 4, 3);
        network.clearLayerMaskArrays();
        assertThat(last.norm2(1).gt(0).castTo(DataType.INT32).sumNumber().intValue())
                .isEqualTo(6);
    }

    @Test
    void inAGraphBesideOtherLayers() {
        ComputationGraph graph = new ComputationGraph(Networks.builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("implicit", inferred().build(), "in")
                .addLayer(
                        "dense",
                        new DenseLayer.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        "in")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "implicit", "dense")
                .addLayer("out", Networks.softmax(0, 2), "sum")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4))
                .build());
        graph.init();

        assertThat(GradientCheckUtil.checkGradients(new GraphConfig()
                        .net(graph)
                        .inputs(new INDArray[] {Networks.features(1, 3, 4)})
                        .labels(new INDArray[] {Networks.labels(3, 2)})
                        .maxRelError(1e-5)
                        .minAbsoluteError(1e-9)))
                .isTrue();
        assertThat(ImplicitLayers.of(graph)).containsOnlyKeys("implicit");
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkspaceMode.class,
            names = {"ENABLED", "NONE"})
    void workspacesDoNotChangeWhatIsComputed(WorkspaceMode mode) {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Adam(0.01)).trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode),
                Networks.layer().build(),
                Networks.layer().nIn(3).wellPosed(WellPosed.SCALED_NORM_INF).build(),
                Networks.softmax(3, 2));
        MultiLayerNetwork reference = Networks.network(
                Networks.builder(new Adam(0.01))
                        .trainingWorkspaceMode(WorkspaceMode.NONE)
                        .inferenceWorkspaceMode(WorkspaceMode.NONE),
                Networks.layer().build(),
                Networks.layer().nIn(3).wellPosed(WellPosed.SCALED_NORM_INF).build(),
                Networks.softmax(3, 2));
        DataSet data = new DataSet(Networks.features(1, 6, 4), Networks.labels(6, 2));

        for (int i = 0; i < 5; i++) {
            network.fit(data);
            reference.fit(data);
        }

        assertThat(network.params()).isEqualTo(reference.params());
        assertThat(network.output(data.getFeatures())).isEqualTo(reference.output(data.getFeatures()));
    }

    @Test
    void floatComputesWhatDoubleDoesToItsPrecision() {
        MultiLayerNetwork exact =
                Networks.network(Networks.builder(new NoOp()), Networks.layer().build(), Networks.softmax(3, 2));
        MultiLayerNetwork single = exact.convertDataType(DataType.FLOAT);
        INDArray features = Networks.features(1, 6, 4);

        INDArray found = single.output(features.castTo(DataType.FLOAT));

        assertThat(found.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(found.castTo(DataType.DOUBLE).distance2(exact.output(features)))
                .isLessThan(1e-5);
    }

    @Test
    void featuresOfAnotherDataTypeAreLearntFromAsThoseOfTheNetworks() {
        MultiLayerNetwork exact = Networks.network(
                Networks.builder(new Adam(0.01)), Networks.layer().build(), Networks.softmax(3, 2));
        MultiLayerNetwork network = exact.convertDataType(DataType.FLOAT);
        MultiLayerNetwork reference = exact.convertDataType(DataType.FLOAT);
        INDArray features = Networks.features(1, 6, 4);
        INDArray labels = Networks.labels(6, 2).castTo(DataType.FLOAT);

        for (int i = 0; i < 5; i++) {
            network.fit(new DataSet(features, labels));
            reference.fit(new DataSet(features.castTo(DataType.FLOAT), labels));
        }

        assertThat(network.params()).isEqualTo(reference.params());
    }

    @Test
    void warmStartSavesIterationsAndChangesNoResult() {
        ImplicitLayer.Builder cold = Networks.layer().kappa(0.9).solver(SolverType.PICARD);
        MultiLayerNetwork network =
                Networks.network(Networks.builder(), cold.warmStart(true).build(), Networks.softmax(3, 2));
        INDArray features = Networks.features(1, 6, 4);

        INDArray first = network.output(features);
        int before = Networks.implicit(network, 0).lastReport().orElseThrow().maxIterations();
        INDArray second = network.output(features);
        int after = Networks.implicit(network, 0).lastReport().orElseThrow().maxIterations();
        network.output(Networks.features(1, 2, 4));

        assertThat(second.distance2(first)).isLessThan(1e-10);
        assertThat(before).isGreaterThan(5);
        assertThat(after).isEqualTo(1);
    }

    @Test
    void theMemoryReportCountsParametersUpdaterStateAndActivations() {
        ImplicitLayer layer = (ImplicitLayer) Networks.network(
                        Networks.builder(new Adam(0.01)), Networks.layer().build(), Networks.softmax(3, 2))
                .getLayer(0)
                .conf()
                .getLayer();
        LayerMemoryReport report = layer.getMemoryReport(InputType.feedForward(4));

        long parameters = 25 + 20 + 15 + 12 + 5 + 3;
        assertThat(bytes(report, MemoryType.PARAMETERS, 1)).isEqualTo(8 * parameters);
        assertThat(bytes(report, MemoryType.UPDATER_STATE, 1)).isEqualTo(8 * 2 * parameters);
        assertThat(bytes(report, MemoryType.PARAMATER_GRADIENTS, 1)).isEqualTo(8 * parameters);
        assertThat(bytes(report, MemoryType.ACTIVATIONS, 10)).isEqualTo(8 * 10 * 3);
        // V, X, G, S, Z and the solver's arrays of 5 states a sample: linear in the batch.
        long one = bytes(report, MemoryType.WORKING_MEMORY_VARIABLE, 1);
        assertThat(one).isGreaterThanOrEqualTo(8 * 5 * 5);
        assertThat(bytes(report, MemoryType.WORKING_MEMORY_VARIABLE, 10)).isEqualTo(10 * one);
        assertThat(layer.clone()).isEqualTo(layer);
    }

    private static long bytes(LayerMemoryReport report, MemoryType type, int batch) {
        return report.getMemoryBytes(type, batch, MemoryUseMode.TRAINING, CacheMode.NONE, DataType.DOUBLE);
    }

    @Test
    void layersAreFoundByTheirNames() {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(),
                Networks.layer().name("first").build(),
                Networks.layer().nIn(3).build(),
                Networks.softmax(3, 2));

        Map<String, EquilibriumLayer> found = ImplicitLayers.of(network);

        assertThat(found.keySet()).containsExactly("first", "layer1");
    }
}
