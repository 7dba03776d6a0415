package org.implicitdl.convert.compress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class IterativePruningRefusalTest {

    @Test
    void trainingThatTakesTheListenerAwayIsFoundOut() {
        MultiLayerNetwork network = IterativePruningTest.dense(8);
        IterativePruning pruning = IterativePruning.keeping(0.5);
        assertThatThrownBy(() -> pruning.prune(
                        network,
                        net -> {
                            net.setListeners(new CollectScoresIterationListener());
                            IterativePruningTest.fit(net, 2);
                        },
                        IterativePruningTest::error))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[16, 8]")
                .hasMessageContaining("addListeners");
    }

    @Test
    void whatCannotBePrunedIsRefused() {
        IterativePruning pruning = IterativePruning.keeping(0.5);
        MultiLayerNetwork broken = IterativePruningTest.dense(8);
        broken.getLayer(1).getParam("W").putScalar(3, Double.NaN);
        assertThatThrownBy(() -> pruning.prune(broken, net -> {}, net -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter W of layer \"layer1\" holds NaN");
        MultiLayerNetwork empty = new MultiLayerNetwork(IterativePruningTest.configuration()
                .list()
                .layer(new BatchNormalization())
                .layer(new org.deeplearning4j.nn.conf.layers.LossLayer.Builder(LossFunction.MSE).build())
                .setInputType(InputType.feedForward(IterativePruningTest.PIXELS))
                .build());
        empty.init();
        assertThatThrownBy(() -> pruning.prune(empty, net -> {}, net -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no weights to prune");
        assertThatThrownBy(() -> pruning.prune(IterativePruningTest.dense(2).getLayer(0), net -> {}, net -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DenseLayer");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.5, Double.NaN})
    void sharesThatAreNoneAreRefused(double share) {
        assertThatThrownBy(() -> IterativePruning.keeping(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(share).replace(".0", ""));
        assertThatThrownBy(() -> IterativePruning.keeping(0.5).withRounds(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
