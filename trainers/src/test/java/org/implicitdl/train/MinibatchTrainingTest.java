package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class MinibatchTrainingTest {
    private static final BcdTrainer TRAINER = new BcdTrainer.Builder()
            .method(MinibatchDescent.withDefaults().withDamping(0.5))
            .sweeps(20)
            .build();

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(17)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(12)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(12)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        return net;
    }

    /** Three classes by the signs of two features. */
    private static DataSet data() {
        Nd4j.getRandom().setSeed(23);
        INDArray features = Nd4j.randn(DataType.FLOAT, 300, 6);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 300, 3);
        for (int i = 0; i < 300; i++) {
            int label = features.getDouble(i, 0) > 0 ? 0 : features.getDouble(i, 1) > 0 ? 1 : 2;
            labels.putScalar(i, label, 1);
        }
        return new DataSet(features, labels);
    }

    @Test
    void batchesAreTakenAsTheyComeAndTheNetworkLearns() {
        MultiLayerNetwork net = network();
        DataSet data = data();
        List<Long> seen = new ArrayList<>();
        net.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                seen.add((long) epoch);
            }
        });

        TRAINER.fit(net, new ListDataSetIterator<>(data.asList(), 50));

        assertThat(seen).hasSize(20 * 6);
        assertThat(net.getEpochCount()).isEqualTo(20);
        assertThat(net.evaluate(new ListDataSetIterator<>(data.asList(), 300)).accuracy())
                .isGreaterThan(0.95);
    }

    @Test
    void theSameTrainingComesToTheSameBits() {
        MultiLayerNetwork first = network();
        MultiLayerNetwork second = network();

        TRAINER.fit(first, new ListDataSetIterator<>(data().asList(), 50));
        TRAINER.fit(second, new ListDataSetIterator<>(data().asList(), 50));

        assertThat(second.params()).isEqualTo(first.params());
    }

    /** Batches of 50 that may, or may not, be made ahead on another thread. */
    private static ListDataSetIterator<DataSet> batches(boolean ahead) {
        return new ListDataSetIterator<>(data().asList(), 50) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean asyncSupported() {
                return ahead;
            }
        };
    }

    @Test
    void batchesMadeAheadOnAnotherThreadChangeNothing() {
        MultiLayerNetwork first = network();
        MultiLayerNetwork second = network();

        TRAINER.fit(first, batches(false));
        TRAINER.fit(second, batches(true));

        assertThat(second.params()).isEqualTo(first.params());
        assertThat(second.getIterationCount()).isEqualTo(20 * 6);
    }

    @Test
    void aBatchOfAnotherWidthIsNamedAndTheWeightsStay() {
        MultiLayerNetwork net = network();
        INDArray before = net.params().dup();
        DataSet wrong = new DataSet(Nd4j.zeros(DataType.FLOAT, 4, 5), Nd4j.zeros(DataType.FLOAT, 4, 3));

        assertThatThrownBy(() -> TRAINER.fit(net, wrong))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[samples, 6]");
        assertThat(net.params()).isEqualTo(before);
    }

    @Test
    void aPolishAfterBatchesIsRefused() {
        assertThatThrownBy(() -> new BcdTrainer.Builder()
                        .method(MinibatchDescent.withDefaults())
                        .polishSteps(3)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("polish");
    }
}
