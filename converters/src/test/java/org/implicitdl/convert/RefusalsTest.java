package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Reasons that a user can act on. */
class RefusalsTest {

    /** A user's own, which has nothing to do with DL4J's of that name. */
    private static final class CapsuleLayer {}

    /** One that computes what DL4J's does. */
    private static final class Own extends org.deeplearning4j.nn.conf.layers.LocalResponseNormalization {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void reasonsAreOfDl4jsOwnClassesAndTheirSubclasses() {
        assertThat(Refusals.layer(CapsuleLayer.class)).isEmpty();
        assertThat(Refusals.layer(org.deeplearning4j.nn.conf.layers.CapsuleLayer.class))
                .isPresent();
        assertThat(Refusals.layer(Own.class)).isPresent();
    }

    @Test
    void weightsThatDoNotFitSayHowManyFeaturesTheyTake() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(4).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT).nOut(3).build())
                .setInputType(InputType.convolutional(7, 7, 1))
                .build());
        network.init();
        assertThatThrownBy(() -> NetworkConverter.standard().convert(network, InputType.convolutional(8, 8, 1)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("196 features, but take 144");
    }
}
