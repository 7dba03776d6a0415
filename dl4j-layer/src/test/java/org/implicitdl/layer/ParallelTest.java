package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.inference.InferenceMode;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's parallel training and inference, with copies of the network in several threads. */
class ParallelTest {
    private static final DataSet RINGS = Networks.rings(400, DataType.FLOAT);

    private static MultiLayerNetwork network() {
        return Networks.network(
                Networks.builder(new Adam(0.02)).dataType(DataType.FLOAT),
                new ImplicitLayer.Builder()
                        .nIn(2)
                        .nOut(4)
                        .stateSize(12)
                        .activation(Activation.TANH)
                        .build(),
                Networks.softmax(4, 2));
    }

    @Test
    void aParallelWrapperLearnsAndStaysWellPosed() throws Exception {
        MultiLayerNetwork network = network();
        double before = network.score(RINGS);
        ParallelWrapper.Builder<MultiLayerNetwork> builder = new ParallelWrapper.Builder<>(network);
        // Statements, because DL4J's builder returns a raw type.
        builder.workers(2);
        builder.averagingFrequency(1);
        builder.trainingMode(ParallelWrapper.TrainingMode.AVERAGING);
        try (ParallelWrapper wrapper = builder.build()) {
            for (int epoch = 0; epoch < 5; epoch++) {
                wrapper.fit(new ListDataSetIterator<>(RINGS.asList(), 50));
            }
        }

        assertThat(network.score(RINGS)).isLessThan(before);
        assertThat(Networks.implicit(network, 0).certificate().margin()).isPositive();
    }

    @Test
    void parallelInferenceGivesEveryCallerItsOwnResult() throws Exception {
        MultiLayerNetwork network = network();
        ParallelInference inference = new ParallelInference.Builder(network)
                .inferenceMode(InferenceMode.SEQUENTIAL)
                .workers(2)
                .build();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<INDArray> features =
                    RINGS.batchBy(10).stream().map(DataSet::getFeatures).toList();
            List<Future<INDArray>> answers = new ArrayList<>();
            for (INDArray batch : features) {
                answers.add(callers.submit(() -> inference.output(batch)));
            }
            for (int i = 0; i < features.size(); i++) {
                assertThat(answers.get(i).get().distance2(network.output(features.get(i))))
                        .isLessThan(1e-5);
            }
        } finally {
            callers.shutdown();
            inference.shutdown();
        }
    }
}
