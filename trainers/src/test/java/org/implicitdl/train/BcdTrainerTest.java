package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class BcdTrainerTest {
    private static final int SAMPLES = 90;

    static Stream<Arguments> networks() {
        List<int[]> hidden = List.of(new int[] {}, new int[] {5}, new int[] {6, 5}, new int[] {5, 6, 4});
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(
                                LossFunction.MSE,
                                LossFunction.L2,
                                LossFunction.MCXENT,
                                LossFunction.NEGATIVELOGLIKELIHOOD,
                                LossFunction.XENT)
                        .flatMap(loss -> hidden.stream()
                                .flatMap(sizes ->
                                        Stream.of(true, false).map(bias -> Arguments.of(type, loss, sizes, bias)))));
    }

    @ParameterizedTest(name = "{0}, {1}, hidden {2}, bias {3}")
    @MethodSource("networks")
    void trainedNetworkComputesWhatTheModelDoes(DataType type, LossFunction loss, int[] hidden, boolean bias) {
        MultiLayerNetwork net = network(type, loss, hidden, bias);
        DataSet data = Networks.data(type, loss, SAMPLES);
        double before = net.score(data);
        INDArray parameters = net.params();

        BcdTraining training = new BcdTrainer.Builder().sweeps(3).build().start(net, data);
        while (!training.isFinished()) {
            training.iterate();
            // Bit by bit the score that DL4J computes for the data, from the weights that are there now.
            assertThat(net.score()).isEqualTo(net.score(data));
        }
        assertThat(net.params()).isSameAs(parameters);
        assertThat(net.score()).isLessThan(before);
        assertThat(net.getIterationCount()).isEqualTo(3);

        FeedforwardModel model = new TrainableNetwork(net).model();
        Matrix u = Matrix.copyOf(data.getFeatures().transpose());
        Matrix output = model.last().activate(model.output(u));
        INDArray found = net.output(data.getFeatures());
        double tolerance = type == DataType.DOUBLE ? 1e-12 : 1e-5;
        for (int j = 0; j < SAMPLES; j++) {
            for (int i = 0; i < output.rows(); i++) {
                assertThat(found.getDouble(j, i)).isCloseTo(output.get(i, j), within(tolerance));
            }
        }
    }

    @Test
    void weightsAreThoseOfTheMethodItself() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, SAMPLES);
        FeedforwardModel start = new TrainableNetwork(net).model();
        FeedforwardModel expected =
                BlockCoordinateDescent.exact().withAcceleration(5).fit(start, TrainingData.trainingSet(start, data), 4);
        new BcdTrainer.Builder().sweeps(4).build().fit(net, data);
        assertThat(new TrainableNetwork(net).model()).isEqualTo(expected);
        assertThat(net.getEpochCount()).isEqualTo(4);
    }

    @Test
    void thePublishedMethodTrainsToo() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, SAMPLES);
        double before = net.score(data);
        new BcdTrainer.Builder()
                .method(BlockCoordinateDescent.published())
                .sweeps(3)
                .build()
                .fit(net, data);
        assertThat(net.score()).isLessThan(before);
    }

    @Test
    void polishFollowsTheSweepsAndCountsItsSteps() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, SAMPLES);
        MultiLayerNetwork swept = net.clone();
        new BcdTrainer.Builder().sweeps(5).build().fit(swept, data);
        new BcdTrainer.Builder().sweeps(5).polishSteps(20).build().fit(net, data);
        assertThat(net.score()).isLessThan(0.9 * swept.score());
        assertThat(net.getIterationCount()).isEqualTo(25);
        MultiLayerNetwork polished = Networks.small(DataType.DOUBLE);
        new BcdTrainer.Builder().sweeps(0).polishSteps(3).build().fit(polished, data);
        assertThat(polished.getIterationCount()).isEqualTo(3);
    }

    /** 4,902 parameters and more: the steps come from conjugate gradients. */
    @ParameterizedTest
    @EnumSource(names = {"MSE", "MCXENT", "XENT"})
    void networksOfMoreParametersThanAreFactorizedArePolished(LossFunction loss) {
        DataSet data = Networks.data(DataType.FLOAT, loss, SAMPLES);
        Activation output = loss == LossFunction.MSE
                ? Activation.IDENTITY
                : loss == LossFunction.XENT ? Activation.SIGMOID : Activation.SOFTMAX;
        int outputs = (int) data.getLabels().size(1);
        MultiLayerNetwork net = Networks.dense(DataType.FLOAT, Activation.TANH, loss, output, true, 4, 700, outputs);
        assertThat(net.numParams()).isGreaterThan(4000);
        double before = net.score(data);
        new BcdTrainer.Builder().sweeps(0).polishSteps(5).build().fit(net, data);
        assertThat(net.score(data)).isLessThan(0.5 * before);
        assertThat(net.getIterationCount()).isEqualTo(5);
    }

    @Test
    void batchesAreMergedToOneSet() {
        DataSet data = Networks.data(DataType.FLOAT, LossFunction.MSE, SAMPLES);
        MultiLayerNetwork whole = Networks.small(DataType.FLOAT);
        MultiLayerNetwork batches = Networks.small(DataType.FLOAT);
        BcdTrainer trainer = new BcdTrainer.Builder().sweeps(3).build();
        trainer.fit(whole, new SingletonDataSetIterator(data));
        DataSetIterator iterator = new ListDataSetIterator<>(data.batchBy(20), 20);
        iterator.next();
        trainer.fit(batches, iterator);
        assertThat(batches.params()).isEqualTo(whole.params());
    }

    @Test
    void twoRunsGiveTheSameBitsOnAnyNumberOfThreads() throws Exception {
        DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MCXENT, 300);
        INDArray one = trainIn(1, data);
        assertThat(trainIn(1, data)).isEqualTo(one);
        assertThat(trainIn(4, data)).isEqualTo(one);
    }

    @Test
    void trainedNetworksSurviveTheirFile() throws Exception {
        MultiLayerNetwork net = Networks.small(DataType.FLOAT);
        DataSet data = Networks.data(DataType.FLOAT, LossFunction.MSE, SAMPLES);
        new BcdTrainer.Builder().sweeps(3).build().fit(net, data);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(net, file, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()), true);
        assertThat(restored.output(data.getFeatures())).isEqualTo(net.output(data.getFeatures()));
        assertThat(restored.getIterationCount()).isEqualTo(3);
        restored.fit(data);
        assertThat(restored.getIterationCount()).isEqualTo(4);
    }

    /** Three overlapping clouds in four dimensions, as in Fisher's Iris data. */
    @Test
    void cloudsOfPointsAreToldApart() {
        DataSet train = clouds(new Random(1));
        DataSet test = clouds(new Random(2));
        MultiLayerNetwork net =
                Networks.dense(DataType.FLOAT, Activation.TANH, LossFunction.MCXENT, Activation.SOFTMAX, true, 4, 8, 3);
        new BcdTrainer.Builder().sweeps(10).build().fit(net, train);
        Evaluation evaluation = new Evaluation(3);
        evaluation.eval(test.getLabels(), net.output(test.getFeatures()));
        assertThat(evaluation.accuracy()).isGreaterThan(0.93);
    }

    @Test
    void namesItself() {
        assertThat(new BcdTrainer.Builder().polishSteps(9).build())
                .hasToString("BcdTrainer(20 sweeps of exact block coordinate descent, epsilon 0.001 to 0.03 over 10"
                        + " sweeps, accelerated over 5 sweeps, then at most 9 polishing steps)");
    }

    @Test
    void countsAreChecked() {
        BcdTrainer.Builder builder = new BcdTrainer.Builder();
        assertThatThrownBy(() -> builder.sweeps(-1)).hasMessage("The number of sweeps must be at least 0, but is -1.");
        assertThatThrownBy(() -> BlockCoordinateDescent.exact().withAcceleration(-2))
                .hasMessageContaining("-2");
        assertThatThrownBy(() -> BlockCoordinateDescent.published().withAcceleration(5))
                .hasMessageContaining("cannot be accelerated");
        assertThatThrownBy(() -> builder.polishSteps(-3)).hasMessageContaining("-3");
        assertThatThrownBy(() -> builder.sweeps(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing to do");
    }

    @Test
    void howAPolishIsDoneIsRefusedWhereThereIsNone() {
        LevenbergMarquardt polish = new LevenbergMarquardt(7, 0);
        assertThatThrownBy(() -> new BcdTrainer.Builder().polish(polish).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("no polishing steps", polish.toString(), "say how many by polishSteps");
        assertThatThrownBy(() -> new BcdTrainer.Builder()
                        .method(MinibatchDescent.withDefaults())
                        .polish(polish)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("leave out polish,", "minibatch");
    }

    private static MultiLayerNetwork network(DataType type, LossFunction loss, int[] hidden, boolean bias) {
        boolean classes = loss == LossFunction.MCXENT || loss == LossFunction.NEGATIVELOGLIKELIHOOD;
        int[] sizes = new int[hidden.length + 2];
        sizes[0] = 4;
        System.arraycopy(hidden, 0, sizes, 1, hidden.length);
        sizes[sizes.length - 1] = classes ? 3 : 2;
        Activation output =
                classes ? Activation.SOFTMAX : loss == LossFunction.XENT ? Activation.SIGMOID : Activation.IDENTITY;
        return Networks.dense(type, Activation.TANH, loss, output, bias, sizes);
    }

    private static INDArray trainIn(int threads, DataSet data) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> {
                        MultiLayerNetwork net = network(DataType.DOUBLE, LossFunction.MCXENT, new int[] {5, 4}, true);
                        new BcdTrainer.Builder()
                                .sweeps(3)
                                .polishSteps(2)
                                .build()
                                .fit(net, data);
                        return net.params();
                    })
                    .get();
        } finally {
            pool.shutdown();
        }
    }

    private static DataSet clouds(Random random) {
        double[][] centers = {{5, 3.4, 1.5, 0.2}, {5.9, 2.8, 4.3, 1.3}, {6.6, 3, 5.6, 2}};
        double[] deviations = {0.5, 0.3, 0.5, 0.2};
        INDArray features = Nd4j.create(DataType.FLOAT, 150, 4);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 150, 3);
        for (int j = 0; j < 150; j++) {
            for (int i = 0; i < 4; i++) {
                features.putScalar(j, i, centers[j % 3][i] + deviations[i] * random.nextGaussian());
            }
            labels.putScalar(j, j % 3, 1);
        }
        return new DataSet(features, labels);
    }
}
