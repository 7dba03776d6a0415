package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The parameters of the layer: names, shapes, initial values, and what DL4J does with each. */
class ParametersTest {

    private static MultiLayerNetwork network(ImplicitLayer.Builder layer) {
        return Networks.network(Networks.builder(), layer.build(), Networks.softmax(3, 2));
    }

    private static List<Long> shape(MultiLayerNetwork network, String parameter) {
        return java.util.Arrays.stream(network.getParam(parameter).shape())
                .boxed()
                .toList();
    }

    @Test
    void parametersHaveThePapersNamesAndShapes() {
        MultiLayerNetwork network = network(Networks.layer());

        assertThat(network.getLayer(0).paramTable().keySet()).containsExactly("A", "B", "C", "D", "b", "d");
        assertThat(shape(network, "0_A")).containsExactly(5L, 5L);
        assertThat(shape(network, "0_B")).containsExactly(5L, 4L);
        assertThat(shape(network, "0_C")).containsExactly(3L, 5L);
        assertThat(shape(network, "0_D")).containsExactly(3L, 4L);
        assertThat(shape(network, "0_b")).containsExactly(5L);
        assertThat(shape(network, "0_d")).containsExactly(3L);
    }

    @Test
    void theSummaryShowsEveryParameter() {
        assertThat(network(Networks.layer()).summary())
                .contains("EquilibriumLayer", "A:{5,5}", "B:{5,4}", "C:{3,5}", "D:{3,4}", "b:{5}", "d:{3}");
    }

    @Test
    void formsWithoutSomeTermsHaveFewerParameters() {
        assertThat(network(Networks.layer().directTerm(false)).getLayer(0).paramTable())
                .containsOnlyKeys("A", "B", "C", "b", "d");
        assertThat(network(Networks.layer().hasBias(false)).getLayer(0).paramTable())
                .containsOnlyKeys("A", "B", "C", "D");
        MultiLayerNetwork states = Networks.network(
                Networks.builder(),
                new ImplicitLayer.Builder()
                        .nIn(4)
                        .stateSize(5)
                        .stateOutput(true)
                        .build(),
                Networks.softmax(5, 2));
        assertThat(states.getLayer(0).paramTable()).containsOnlyKeys("A", "B", "b");
    }

    @Test
    void theOutputIsThatOfThePredictionRule() {
        MultiLayerNetwork network = network(Networks.layer());
        EquilibriumLayer layer = Networks.implicit(network, 0);
        INDArray features = Networks.features(4, 6, 4);
        INDArray x = layer.model().state(features.transpose()).orElseThrow();

        INDArray expected = network.getParam("0_C")
                .mmul(x)
                .addi(network.getParam("0_D").mmul(features.transpose()))
                .addiColumnVector(network.getParam("0_d").reshape(3, 1));

        assertThat(network.feedForward(features).get(1).distance2(expected.transpose()))
                .isLessThan(1e-10);
    }

    @ParameterizedTest
    @EnumSource(WellPosed.class)
    void initialParametersAreWellPosedHoweverLargeTheyAreDrawn(WellPosed wellPosed) {
        ImplicitLayer.Builder layer = Networks.layer()
                .wellPosed(wellPosed)
                .weightInit(new WeightInitDistribution(
                        new org.deeplearning4j.nn.conf.distribution.NormalDistribution(0, 10)));
        EquilibriumLayer made = Networks.implicit(network(layer), 0);

        if (wellPosed == WellPosed.NONE) {
            assertThatThrownBy(made::certificate)
                    .isInstanceOf(org.implicitdl.wellposed.IllPosedException.class)
                    .hasMessageContaining("layer0");
        } else {
            assertThat(made.certificate().margin()).isPositive();
        }
    }

    @Test
    void theNetworksParametersAreCountedAndSetAsOneVector() {
        MultiLayerNetwork network = network(Networks.layer());
        INDArray values = network.params().mul(0.5);

        network.setParams(values);

        assertThat(network.numParams()).isEqualTo(25 + 20 + 15 + 12 + 5 + 3 + 8);
        assertThat(network.params().distance2(values)).isZero();
        assertThat(network.getParam("0_A").getDouble(1, 0)).isEqualTo(values.getDouble(1));
    }

    @Test
    void aVectorOfTheWrongLengthIsRefusedByTheLayersName() {
        ImplicitLayer conf = Networks.layer().name("middle").build();
        NeuralNetConfiguration.Builder builder = Networks.builder();
        NeuralNetConfiguration layerConf =
                builder.list(conf, Networks.softmax(3, 2)).build().getConf(0);

        assertThatThrownBy(() -> layerConf
                        .getLayer()
                        .instantiate(layerConf, null, 0, Nd4j.create(DataType.DOUBLE, 79), false, DataType.DOUBLE))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("middle")
                .hasMessageContaining("80")
                .hasMessageContaining("79");
    }

    @Test
    void eachParameterMayHaveItsOwnInitialValues() {
        MultiLayerNetwork network = network(Networks.layer()
                .biasInit(0.25)
                .weightInit("B", new WeightInitDistribution(new ConstantDistribution(0.125))));

        assertThat(network.getParam("0_B").distance2(Nd4j.valueArrayOf(new long[] {5, 4}, 0.125, DataType.DOUBLE)))
                .isZero();
        assertThat(network.getParam("0_C").minNumber())
                .isNotEqualTo(network.getParam("0_C").maxNumber());
        assertThat(network.getParam("0_b").toDoubleVector()).containsOnly(0.25);
    }

    @Test
    void eachParameterMayHaveItsOwnUpdater() {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Sgd(0.1)),
                Networks.layer()
                        .updater("A", new Sgd(0))
                        .updater("d", new Sgd(0))
                        .build(),
                Networks.softmax(3, 2));
        INDArray a = network.getParam("0_A").dup();
        INDArray d = network.getParam("0_d").dup();
        INDArray b = network.getParam("0_B").dup();

        network.fit(new DataSet(Networks.features(1, 5, 4), Networks.labels(5, 2)));

        assertThat(network.getParam("0_A").distance2(a)).isZero();
        assertThat(network.getParam("0_d").distance2(d)).isZero();
        assertThat(network.getParam("0_B").distance2(b)).isPositive();
    }

    @Test
    void penaltiesCountForWeightsAndCanDifferByParameter() {
        MultiLayerNetwork plain = network(Networks.layer());
        MultiLayerNetwork all = network(Networks.layer().l2(0.5));
        MultiLayerNetwork onlyA = network(Networks.layer().l1("A", 2).l2("A", 4));
        double squares = List.of("0_A", "0_B", "0_C", "0_D").stream()
                .mapToDouble(name -> Math.pow(plain.getParam(name).norm2Number().doubleValue(), 2))
                .sum();
        INDArray a = plain.getParam("0_A");

        assertThat(plain.calcRegularizationScore(true)).isZero();
        assertThat(all.calcRegularizationScore(true)).isCloseTo(0.25 * squares, within(1e-12));
        assertThat(onlyA.calcRegularizationScore(true))
                .isCloseTo(
                        2 * a.norm1Number().doubleValue()
                                + 2 * Math.pow(a.norm2Number().doubleValue(), 2),
                        within(1e-12));
    }

    @Test
    void constraintsOfWeightsAndOfSingleParametersHoldWithTheLayersOwn() {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Sgd(0.5)),
                Networks.layer().constrain("A", new NonNegativeConstraint()).build(),
                Networks.layer()
                        .nIn(3)
                        .nOut(3)
                        .constrainWeights(new NonNegativeConstraint())
                        .build(),
                Networks.softmax(3, 2));

        network.fit(new DataSet(Networks.features(1, 5, 4), Networks.labels(5, 2)));

        assertThat(network.getParam("0_A").minNumber().doubleValue()).isNotNegative();
        assertThat(network.getParam("0_B").minNumber().doubleValue()).isNegative();
        for (String name : List.of("1_A", "1_B", "1_C", "1_D")) {
            assertThat(network.getParam(name).minNumber().doubleValue()).isNotNegative();
        }
        assertThat(Networks.implicit(network, 0).certificate().margin()).isPositive();
        assertThat(Networks.implicit(network, 1).certificate().margin()).isPositive();
    }
}
