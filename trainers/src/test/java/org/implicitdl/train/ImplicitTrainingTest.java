package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.Relaxation;
import org.implicitdl.train.implicit.SweepReport;
import org.implicitdl.train.implicit.WeightMethod;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.penalty.Ridge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ImplicitTrainingTest {
    private static final double KAPPA = 0.6;

    private static DataSet data(DataType type) {
        Nd4j.getRandom().setSeed(29);
        INDArray features = Nd4j.randn(type, 120, 4);
        INDArray labels = Nd4j.zeros(type, 120, 2);
        for (int i = 0; i < 120; i++) {
            labels.putScalar(i, features.getDouble(i, 0) * features.getDouble(i, 1) > 0 ? 0 : 1, 1);
        }
        return new DataSet(features, labels);
    }

    private static ImplicitLayer.Builder layer() {
        return new ImplicitLayer.Builder()
                .nIn(4)
                .stateSize(8)
                .activation(Activation.RELU)
                .kappa(KAPPA);
    }

    private static MultiLayerNetwork stateOutput(DataType type) {
        return network(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .list()
                .layer(layer().nOut(8).stateOutput(true).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build()));
    }

    private static MultiLayerNetwork readout(DataType type, boolean direct) {
        return network(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .list()
                .layer(layer().nOut(2).directTerm(direct).build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));
    }

    private static MultiLayerNetwork network(NeuralNetConfiguration.ListBuilder conf) {
        MultiLayerNetwork net = new MultiLayerNetwork(conf.build());
        net.init();
        return net;
    }

    /** The methods that train such networks. */
    enum Method {
        FULL_BATCH {
            @Override
            BcdTrainer.Builder of(BcdTrainer.Builder builder) {
                return builder.method(ImplicitDescent.withDefaults().withRelaxation(Relaxation.of(0.1, 0.1)));
            }
        },
        MINIBATCH {
            @Override
            BcdTrainer.Builder of(BcdTrainer.Builder builder) {
                return builder.method(MinibatchDescent.withDefaults().withDamping(0.1));
            }
        };

        abstract BcdTrainer.Builder of(BcdTrainer.Builder builder);

        BcdTrainer trainer(int sweeps) {
            return of(new BcdTrainer.Builder()).sweeps(sweeps).build();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void anImplicitLayerThatPutsOutItsStateLearnsWithinItsBall(DataType type) {
        for (Method method : Method.values()) {
            assertLearns(method, stateOutput(type), data(type));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRuleWithItsOwnReadoutLearnsWithinItsBall(boolean direct) {
        for (Method method : Method.values()) {
            assertLearns(method, readout(DataType.DOUBLE, direct), data(DataType.DOUBLE));
        }
    }

    private static void assertLearns(Method method, MultiLayerNetwork net, DataSet data) {
        double before = net.score(data);

        method.trainer(40).fit(net, data);

        assertThat(net.score(data)).isLessThan(0.8 * before);
        assertThat(norm(net)).isLessThanOrEqualTo(KAPPA);
        assertThat(net.getIterationCount()).isEqualTo(40);
    }

    /** ‖A‖∞ as it is stored, summed in double precision. */
    private static double norm(MultiLayerNetwork net) {
        return net.getParam("0_A").castTo(DataType.DOUBLE).norm1(1).maxNumber().doubleValue();
    }

    /** The layer projects an A that is outside, and would predict with another one than was trained. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aPenaltyOfTheMethodDoesNotLiftTheBoundOfTheLayer(DataType type) {
        DataSet data = data(type);
        for (Penalty penalty : new Penalty[] {Parts.of(10, 13).with(0, 8, 0, 8, L1Ball.ofRows(0.9)), new Ridge(0.01)}) {
            MultiLayerNetwork net = readout(type, true);
            ImplicitDescent descent = ImplicitDescent.withDefaults()
                    .withRelaxation(Relaxation.of(0.1, 0.1))
                    .withPenalty(penalty, ProximalGradient.withDefaults().withIterations(50)::minimize);

            new BcdTrainer.Builder().method(descent).sweeps(3).build().fit(net, data);

            assertThat(norm(net)).isLessThanOrEqualTo(KAPPA);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.3})
    void aSmallerBoundHoldsForWhatSinglePrecisionStores(double kappa) {
        ImplicitDescent bounded = ImplicitDescent.withDefaults().withKappa(kappa);
        ImplicitDescent penalized = ImplicitDescent.withDefaults()
                .withPenalty(
                        L1Ball.ofRows(kappa),
                        WeightMethod.of(ProximalGradient.withDefaults().withIterations(50)));
        for (BcdTrainer.Builder trainer : List.of(
                new BcdTrainer.Builder().method(bounded),
                new BcdTrainer.Builder().method(bounded).polishSteps(3),
                new BcdTrainer.Builder().method(penalized))) {
            MultiLayerNetwork net = stateOutput(DataType.FLOAT);
            trainer.sweeps(3).build().fit(net, data(DataType.FLOAT));
            assertThat(norm(net)).isPositive().isLessThanOrEqualTo(kappa);
        }
    }

    @Test
    void aBoundThatTheLayerDoesNotAllowIsRefused() {
        ImplicitDescent descent = ImplicitDescent.withDefaults().withKappa(0.7);

        assertThatThrownBy(() -> new BcdTrainer.Builder()
                        .method(descent)
                        .build()
                        .fit(readout(DataType.DOUBLE, true), data(DataType.DOUBLE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.7")
                .hasMessageContaining("0.6");
    }

    @Test
    void theListenerOfTheMethodIsToldOfEveryBlockAndOfTheNetworksOwnLoss() {
        List<SweepReport> reports = new ArrayList<>();
        MultiLayerNetwork net = readout(DataType.DOUBLE, true);

        new BcdTrainer.Builder()
                .method(ImplicitDescent.withDefaults().withListener(reports::add))
                .sweeps(3)
                .build()
                .fit(net, data(DataType.DOUBLE));

        assertThat(reports).extracting(SweepReport::sweep).containsExactly(1, 2, 3);
        assertThat(reports.get(2).blocks())
                .extracting(SweepReport.BlockReport::block)
                .containsExactly("C, D", "P", "X", "P", "A, B", "X, P from the rule", "C, D");
        assertThat(reports.stream().mapToDouble(SweepReport::loss).min().orElseThrow())
                .isCloseTo(net.score(), within(1e-9));
    }

    /** The label is the sign of a product, of which a linear rule tells nothing. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void minibatchesTeachWhatNoLinearRuleKnows(DataType type) {
        MultiLayerNetwork net = stateOutput(type);
        DataSetIterator batches = new ListDataSetIterator<>(data(type).asList(), 30);

        Method.MINIBATCH.trainer(60).fit(net, batches);

        assertThat(net.evaluate(batches).accuracy()).isGreaterThan(0.95);
        assertThat(net.getIterationCount()).isEqualTo(60 * 4);
    }

    @Test
    void theScoreOfASweepIsOfTheNewWeights() {
        DataSet data = data(DataType.DOUBLE);
        MultiLayerNetwork net = readout(DataType.DOUBLE, true);

        Method.FULL_BATCH.trainer(2).fit(net, data);

        assertThat(net.score()).isEqualTo(net.score(data));
    }

    @Test
    void scoresOfMinibatchesAreOfTheWeightsBeforeTheStepWhetherAListenerLooksOrNot() {
        DataSet data = data(DataType.DOUBLE);
        MultiLayerNetwork net = readout(DataType.DOUBLE, true);
        BcdTraining training = Method.MINIBATCH.trainer(3).start(net, data);

        for (int iteration = 0; iteration < 2; iteration++) {
            double before = net.score(data);
            training.iterate();
            assertThat(net.score()).isCloseTo(before, within(1e-3));
            net.setListeners(new ScoreIterationListener(100));
        }
    }

    @Test
    void whatIsReadFromANetworkAndWrittenBackIsTheSame() {
        for (MultiLayerNetwork net :
                new MultiLayerNetwork[] {stateOutput(DataType.DOUBLE), readout(DataType.DOUBLE, true)}) {
            INDArray before = net.params().dup();
            ImplicitParameters view = new TrainableImplicitNetwork(net).parameters();
            ImplicitWeights weights = view.weights();
            net.params().muli(0);

            view.assign(weights);

            assertThat(net.params()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void layersBeforeStayAsTheyAre(Method method) {
        MultiLayerNetwork net = network(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(layer().nOut(8).stateOutput(true).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build()));
        DataSet data = data(DataType.FLOAT);
        INDArray before = net.getLayer(0).params().dup();
        double score = net.score(data);

        method.trainer(20).fit(net, data);

        assertThat(net.getLayer(0).params()).isEqualTo(before);
        assertThat(net.score(data)).isLessThan(score);
    }

    @ParameterizedTest
    @EnumSource
    void networksOfAnotherKindAreNamed(Method method) {
        DataSet data = data(DataType.FLOAT);
        MultiLayerNetwork twice = network(new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer().nOut(4).build())
                .layer(layer().nOut(8).stateOutput(true).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(2)
                        .build()));
        MultiLayerNetwork monotone = network(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ImplicitLayer.Builder()
                        .nIn(4)
                        .stateSize(3)
                        .nOut(2)
                        .activation(Activation.RELU)
                        .wellPosed(WellPosed.MONOTONE)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));

        assertThatThrownBy(() -> method.trainer(1).fit(twice, data))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("second implicit layer");
        assertThatThrownBy(() -> method.trainer(1).fit(monotone, data))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("MONOTONE");
    }
}
