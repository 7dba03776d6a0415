package org.implicitdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class FeedbackTest {

    /** The loop by its definition: ŷ and u = v + Kŷ in turn, until they agree. */
    private static INDArray loop(ImplicitModel model, LinearOperator k, INDArray v) {
        INDArray input = v.castTo(DataType.DOUBLE);
        INDArray y = RandomModels.reference(model, input);
        for (int i = 0; i < 25; i++) {
            y = RandomModels.reference(model, k.times(y).addi(input));
        }
        return y;
    }

    private static LinearOperator small(RandomModels models, int p, int q) {
        return DenseOperator.copyOf(models.array(p, q).muli(0.05));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void closedLoopIsTheFixedPointOfTheLoop(DataType type) {
        RandomModels models = new RandomModels(6, type, Activations.tanh());
        for (ImplicitModel model : new ImplicitModel[] {models.contraction(3, 4, 2), models.feedforward(3, 2, 2)}) {
            LinearOperator k = small(models, 3, 2);
            ImplicitModel closed = model.withFeedback(k);
            INDArray v = models.array(3, 4);
            assertThat(closed.dataType()).isEqualTo(type);
            CompositionTest.assertClose(type, closed.output(v), loop(model, k, v));
        }
    }

    @Test
    void withoutDTheBlocksStay() {
        RandomModels models = new RandomModels(6, DataType.DOUBLE, Activations.tanh());
        ImplicitModel model = models.feedforward(3, 2, 2);
        ImplicitModel closed = model.withFeedback(small(models, 3, 2));
        assertThat(closed.blocks()).isEqualTo(model.blocks());
        assertThat(((BlockOperator) closed.a()).block(0, 1)).isSameAs(((BlockOperator) model.a()).block(0, 1));
        assertThat(((BlockOperator) closed.a()).block(2, 0).isZero()).isFalse();
        assertThat(closed.d().isZero()).isTrue();
    }

    @Test
    void zeroFeedbackChangesNothing() {
        RandomModels models = new RandomModels(6, DataType.DOUBLE, Activations.tanh());
        ImplicitModel model = models.contraction(3, 4, 2);
        ImplicitModel closed = model.withFeedback(new ZeroOperator(3, 2));
        assertThat(Stream.of(closed.a(), closed.b(), closed.c(), closed.d()))
                .containsExactly(model.a(), model.b(), model.c(), model.d());
    }

    @Test
    void loopsThatDetermineNoOutputAreRefused() {
        RandomModels models = new RandomModels(6, DataType.DOUBLE, Activations.tanh());
        ImplicitModel model = models.contraction(2, 4, 2);
        INDArray d = models.array(2, 2);
        ImplicitModel direct = ImplicitModel.of(model.a(), model.b(), model.c(), DenseOperator.copyOf(d), model.phi());
        double det = d.getDouble(0, 0) * d.getDouble(1, 1) - d.getDouble(0, 1) * d.getDouble(1, 0);
        INDArray inverse = d.dup();
        inverse.putScalar(0, 0, d.getDouble(1, 1) / det);
        inverse.putScalar(1, 1, d.getDouble(0, 0) / det);
        inverse.putScalar(0, 1, -d.getDouble(0, 1) / det);
        inverse.putScalar(1, 0, -d.getDouble(1, 0) / det);
        assertThatThrownBy(() -> direct.withFeedback(DenseOperator.copyOf(inverse)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("I - DK must be invertible");
        assertThat(direct.withFeedback(DenseOperator.copyOf(inverse.mul(0.5))).states())
                .isEqualTo(4);
        CompositionTest.assertRefused(() -> model.withFeedback(new ZeroOperator(2, 3)), "[2, 2]", "[2, 3]");
    }
}
