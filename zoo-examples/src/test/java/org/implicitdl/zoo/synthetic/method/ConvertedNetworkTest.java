package org.implicitdl.zoo.synthetic.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvertedNetworkTest {
    private static final ConvertedNetwork CONVERTED = ConvertedNetwork.create(3);

    @Test
    void theWeightsOfTheModelAreThoseOfTheNetwork() {
        assertThat(CONVERTED.weights()).isEqualTo(PaperNetwork.weightsOf(CONVERTED.network()));
    }

    @Test
    void networkModelAndWeightsPredictTheSame() {
        Nd4j.getRandom().setSeed(5);
        INDArray features = Nd4j.randn(DataType.FLOAT, 30, 20);
        Matrix network = Matrix.copyOf(CONVERTED.network().output(features).transpose());
        Matrix model = Matrix.copyOf(CONVERTED.implicit().output(features).transpose());
        Matrix weights = CONVERTED.weights().predict(Matrix.copyOf(features.transpose()));

        for (int i = 0; i < network.values().length; i++) {
            assertThat(model.values()[i]).isCloseTo(network.values()[i], within(1e-5 * network.maxAbs()));
            assertThat(weights.values()[i]).isCloseTo(network.values()[i], within(1e-5 * network.maxAbs()));
        }
    }

    @Test
    void theDescriptionTellsTheStructureAndTheDifference() {
        assertThat(CONVERTED.description()).contains("18 states").contains("[6, 12]");
    }
}
