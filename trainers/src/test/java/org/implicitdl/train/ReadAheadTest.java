package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.settings.MinibatchBcdSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Iterators that may be read by another thread give what they give to one thread, whatever becomes of the training. */
@Timeout(60)
class ReadAheadTest {
    private static final int EPOCHS = 4;
    private static final int BATCHES = 12;
    private static final BcdTrainer TRAINER = new BcdTrainer.Builder()
            .method(MinibatchDescent.withDefaults())
            .sweeps(EPOCHS)
            .build();

    private final DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, 10 * BATCHES);
    private final List<DataSet> inOrder = data.batchBy(10);

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(ReadAhead.THREAD)) {
                thread.join(5000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    /** Batches in an order drawn at every reset, which may be read by another thread, and is if it may. */
    private final class Shuffling extends ListDataSetIterator<DataSet> {
        private static final long serialVersionUID = 1L;
        private final transient Random random = new Random(5);
        private final boolean ahead;
        private int failing = -1;
        private List<DataSet> order = new ArrayList<>();
        private int at;

        Shuffling(boolean ahead) {
            super(inOrder, 1);
            this.ahead = ahead;
        }

        @Override
        public boolean asyncSupported() {
            return ahead;
        }

        @Override
        public void reset() {
            order = new ArrayList<>(inOrder);
            Collections.shuffle(order, random);
            at = 0;
        }

        @Override
        public boolean hasNext() {
            return at < order.size();
        }

        @Override
        public DataSet next() {
            if (at == failing) {
                throw new IllegalStateException("the disk is gone");
            }
            return order.get(at++);
        }
    }

    private MultiLayerNetwork fitted(boolean ahead) {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        TRAINER.fit(net, new Shuffling(ahead));
        return net;
    }

    @Test
    void theBatchesOfAFitAreThoseOfOneThread() {
        MultiLayerNetwork net = fitted(true);
        assertThat(net.params()).isEqualTo(fitted(false).params());
        assertThat(net.getIterationCount()).isEqualTo(EPOCHS * BATCHES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void earlyStoppingSeesAllBatchesOfEveryEpoch(boolean ahead) {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        EarlyStoppingResult<MultiLayerNetwork> result =
                new BcdEarlyStoppingTrainer(configuration(), net, TRAINER, new Shuffling(ahead)).fit();

        assertThat(result.getTotalEpochs()).isEqualTo(EPOCHS);
        assertThat(net.getIterationCount()).isEqualTo(EPOCHS * BATCHES);
        assertThat(net.params()).isEqualTo(fitted(false).params());
    }

    /** As through Arbiter. */
    @Test
    void earlyStoppingBySettingsSeesAllBatchesToo() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        MinibatchBcdSettings.withDefaults()
                .withBatchSize(0)
                .withEpochs(EPOCHS)
                .earlyStopping(configuration(), net, new Shuffling(true))
                .fit();
        assertThat(net.params()).isEqualTo(fitted(false).params());
    }

    private EarlyStoppingConfiguration<MultiLayerNetwork> configuration() {
        return new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(EPOCHS))
                .scoreCalculator(new DataSetLossCalculator(new SingletonDataSetIterator(data), true))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFitAfterOneThatFailedSeesAllBatches(boolean interrupted) {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        DataSetIterator batches = new ListDataSetIterator<>(inOrder, 1);
        for (int attempt = 0; attempt < 3; attempt++) {
            net.setListeners(new FailsIn(3, interrupted));
            assertThatThrownBy(() -> TRAINER.fit(net, batches)).hasMessageContaining("enough");
            assertThat(Thread.interrupted()).isEqualTo(interrupted);

            MultiLayerNetwork again = Networks.small(DataType.DOUBLE);
            TRAINER.fit(again, batches);
            assertThat(again.getIterationCount()).isEqualTo(EPOCHS * BATCHES);
        }
    }

    /** Ends the first training after some iterations, and interrupts its thread if it is to. */
    private static final class FailsIn extends BaseTrainingListener {
        private final boolean interrupts;
        private int iterations;

        FailsIn(int iterations, boolean interrupts) {
            this.iterations = iterations;
            this.interrupts = interrupts;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            if (--iterations == 0) {
                if (interrupts) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("enough");
            }
        }
    }

    @Test
    void theFailureOfAnIteratorIsToldAsItIs() {
        Shuffling failing = new Shuffling(true);
        failing.failing = 7;
        assertThatThrownBy(() -> TRAINER.fit(Networks.small(DataType.DOUBLE), failing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk is gone");
    }

    @Test
    void whatNoOtherThreadMayReadIsNotReadAhead() {
        assertThatThrownBy(() -> ReadAhead.of(new Shuffling(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asyncSupported");
    }

    @Test
    void aTrainingThatIsLeftIsClosed() {
        try (BcdTraining training = TRAINER.start(Networks.small(DataType.DOUBLE), new Shuffling(true))) {
            training.iterate();
            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().equals(ReadAhead.THREAD));
        }
    }
}
