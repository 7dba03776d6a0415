package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j's own listeners look into the network after every iteration, whatever the method. */
class OwnListenersTest {
    private static final int SAMPLES = 60;

    private final DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, SAMPLES);

    static Stream<Arguments> trainings() {
        Supplier<MultiLayerNetwork> dense = () -> Networks.small(DataType.DOUBLE);
        Supplier<MultiLayerNetwork> implicit = () -> Networks.implicit(DataType.DOUBLE);
        Supplier<MultiLayerNetwork> among = () -> Networks.amongOthers(DataType.DOUBLE);
        BcdTrainer.Builder minibatches = new BcdTrainer.Builder().method(MinibatchDescent.withDefaults());
        BcdTrainer.Builder others =
                new BcdTrainer.Builder().method(MinibatchDescent.withDefaults()).otherLayers(OtherLayers.TRAINED);
        return Stream.of(
                Arguments.of("dense, all samples", dense, new BcdTrainer.Builder().polishSteps(1), 4),
                Arguments.of("dense, minibatches", dense, minibatches, 9),
                Arguments.of(
                        "implicit, all samples",
                        implicit,
                        new BcdTrainer.Builder().method(ImplicitDescent.withDefaults()),
                        3),
                Arguments.of("implicit, minibatches", implicit, minibatches, 9),
                Arguments.of("implicit, others fixed", among, minibatches, 9),
                Arguments.of("implicit, others trained", among, others, 9));
    }

    private DataSetIterator batches() {
        return new ListDataSetIterator<>(data.asList(), 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void theListenerOfTheTrainingUiReportsEveryIteration(
            String name, Supplier<MultiLayerNetwork> network, BcdTrainer.Builder trainer, int iterations) {
        MultiLayerNetwork net = network.get();
        StatsStorage storage = new InMemoryStatsStorage();
        List<Integer> atTheEndOfEpochs = new ArrayList<>();
        net.setListeners(new StatsListener(storage, 1), new PerformanceListener(1, true), new BaseTrainingListener() {
            @Override
            public void onEpochEnd(Model model) {
                atTheEndOfEpochs.add(model.batchSize());
            }
        });

        trainer.sweeps(3).build().fit(net, batches());

        String session = storage.listSessionIDs().get(0);
        String worker = storage.listWorkerIDsForSession(session).get(0);
        assertThat(storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, worker, 0))
                .hasSize(iterations);
        assertThat(atTheEndOfEpochs).containsOnly(SAMPLES * net.getEpochCount() / iterations);
        assertThat(net.getInput()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void aListenerChangesNeitherTheWeightsNorTheScore(
            String name, Supplier<MultiLayerNetwork> network, BcdTrainer.Builder trainer, int iterations) {
        MultiLayerNetwork silent = network.get();
        MultiLayerNetwork watched = network.get();
        watched.setListeners(new PerformanceListener(1));

        trainer.sweeps(3).build().fit(silent, batches());
        trainer.sweeps(3).build().fit(watched, batches());

        assertThat(watched.params()).isEqualTo(silent.params());
        assertThat(watched.score()).isEqualTo(silent.score());
    }
}
