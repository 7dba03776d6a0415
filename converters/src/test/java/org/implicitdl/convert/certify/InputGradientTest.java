package org.implicitdl.convert.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.Softmax;
import org.implicitdl.model.ImplicitModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class InputGradientTest {
    private static final double STEP = 1e-5;

    static Stream<ImplicitModel> models() {
        return Stream.of(
                new Models(90).feedforward(3, 5, 2, Activations.tanh(), Activations.sigmoid(), new Softmax()),
                new Models(91).shuffledTriangular(3, 6, 2, Activations.tanh()),
                new Models(92).contraction(3, 6, 2, Activations.softplus()),
                new Models(93).contraction(3, 6, 2, new Softmax()),
                new Models(94).monotone(3, 6, 2, Activations.tanh()),
                new Models(95).mixed(3, 4, 2, Activations.tanh()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsAreThoseOfFiniteDifferences(ImplicitModel model) {
        INDArray u = new Models(96).array(3, 4);
        INDArray v = new Models(97).array(2, 4);

        INDArray gradient = new InputGradient(Structure.of(model)).of(u, v);

        for (int i = 0; i < 3; i++) {
            INDArray step = u.mul(0);
            step.getRow(i).addi(STEP);
            INDArray difference = model.output(u.add(step))
                    .sub(model.output(u.sub(step)))
                    .muli(v)
                    .sum(0)
                    .divi(2 * STEP);
            for (int s = 0; s < 4; s++) {
                assertThat(gradient.getDouble(i, s))
                        .as("derivative %d of sample %d", i, s)
                        .isCloseTo(difference.getDouble(s), within(1e-6));
            }
        }
    }
}
