package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class LabelSmoothingTest {

    @Test
    void theShareIsSpreadOverAllClassesAndTheGivenLabelsStay() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1, 0, 0}, {0, 0, 0, 1}});
        DataSet data = new DataSet(Nd4j.zeros(2, 3), labels);

        new LabelSmoothing(0.2).preProcess(data);

        assertThat(data.getLabels()).isEqualTo(Nd4j.createFromArray(new double[][] {
            {0.05, 0.85, 0.05, 0.05}, {0.05, 0.05, 0.05, 0.85}
        }));
        assertThat(labels.maxNumber().doubleValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aShareOutOfRangeIsRefused(double share) {
        assertThatThrownBy(() -> new LabelSmoothing(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 0 and below 1, but is " + share);
    }
}
