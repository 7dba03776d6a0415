package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Data of trainings that are interrupted and resumed, and what every refusal to resume one has in common. */
final class Checkpoints {
    private static final int SAMPLES = 60;
    private static final long SHUFFLE = 41;

    private Checkpoints() {}

    static void requireRefusal(BcdTrainer trainer, MultiLayerNetwork net, DataSet data, String... messages) {
        requireRefusal(trainer, net, new SingletonDataSetIterator(data), messages);
    }

    static void requireRefusal(BcdTrainer trainer, MultiLayerNetwork net, DataSetIterator data, String... messages) {
        INDArray before = net.params().dup();
        assertThatThrownBy(() -> trainer.resume(net, data))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(messages);
        assertThat(net.params()).isEqualTo(before);
        assertThat(net.getIterationCount()).isZero();
    }

    static DataSet data(DataType type) {
        return Networks.data(type, LossFunction.MSE, SAMPLES);
    }

    /** Batches of 20 in an order that a seed draws at every reset. */
    static DataSetIterator shuffled(DataType type) {
        List<DataSet> samples = data(type).asList();
        Random random = new Random(SHUFFLE);
        return new ExistingDataSetIterator((Iterable<DataSet>) () -> {
            List<DataSet> order = new ArrayList<>(samples);
            Collections.shuffle(order, random);
            return Stream.of(0, 20, 40)
                    .map(from -> DataSet.merge(order.subList(from, from + 20)))
                    .iterator();
        });
    }
}
