package org.implicitdl.zoo.convert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is said of networks that are asked for the wrong inputs. */
class SourceNetworkTest {
    @Test
    void inputsAndArraysAreCountedInTheRightNumber() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(2)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        ImplicitNetwork implicit = new SourceNetwork(network, List.of()).convert();

        assertThatThrownBy(implicit::columns)
                .isInstanceOf(ShapeException.class)
                .hasMessage("The network has 1 input, but 0 arrays of features were given.");
        assertThatThrownBy(() -> implicit.columns(Nd4j.ones(1, 2), Nd4j.ones(1, 2)))
                .hasMessage("The network has 1 input, but 2 arrays of features were given.");
    }
}
