package org.implicitdl.train.feedforward;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSetTest {

    @Test
    void takesEquallyManyInputsAndResponsesAndAtLeastOne() {
        assertThatThrownBy(() -> new TrainingSet(Matrix.zeros(2, 3), Matrix.zeros(1, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 inputs and 4 responses");
        assertThatThrownBy(() -> new TrainingSet(Matrix.zeros(2, 0), Matrix.zeros(1, 0)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("at least one sample");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void namesTheNumberThatIsNotFinite(double culprit) {
        Matrix bad = Matrix.zeros(2, 3);
        bad.set(1, 2, culprit);
        assertThatThrownBy(() -> new TrainingSet(bad, Matrix.zeros(1, 3)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("inputs")
                .hasMessageContaining("component 1 of sample 2 is " + culprit);
        assertThatThrownBy(() -> new TrainingSet(Matrix.zeros(1, 3), bad))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("responses");
    }
}
