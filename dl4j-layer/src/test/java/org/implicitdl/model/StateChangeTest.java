package org.implicitdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.implicitdl.activation.Activations;
import org.implicitdl.activation.Softmax;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StateChangeTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void permutationOfTheStateKeepsTheRule(DataType type) {
        RandomModels models = new RandomModels(3, type, Activations.tanh());
        ImplicitModel model = models.feedforward(3, 2, 2).then(models.contraction(2, 3, 2));
        INDArray u = models.array(3, 4);
        int[] torn = {8, 0, 3, 1, 7, 2, 6, 4, 5};
        ImplicitModel permuted = model.permuted(torn);
        CompositionTest.assertClose(type, permuted.output(u), model.output(u));
        INDArray a = model.a().toDense(type);
        INDArray b = permuted.a().toDense(type);
        for (int i = 0; i < torn.length; i++) {
            for (int j = 0; j < torn.length; j++) {
                assertThat(b.getDouble(i, j)).isEqualTo(a.getDouble(torn[i], torn[j]));
            }
        }
    }

    @Test
    void permutationOfWholeBlocksKeepsThem() {
        RandomModels models = new RandomModels(3, DataType.DOUBLE, Activations.relu());
        RandomModels others = new RandomModels(4, DataType.DOUBLE, Activations.tanh());
        ImplicitModel model = models.contraction(3, 4, 2).then(others.contraction(2, 3, 2));
        assertThat(model.blocks()).isEqualTo(Partition.of(3, 4));
        ImplicitModel permuted = model.permuted(3, 4, 5, 6, 0, 1, 2);
        assertThat(permuted.blocks()).isEqualTo(Partition.of(4, 3));
        assertThat(((BlockOperator) permuted.a()).block(1, 0)).isSameAs(((BlockOperator) model.a()).block(0, 1));
        INDArray u = models.array(3, 4);
        CompositionTest.assertClose(DataType.DOUBLE, permuted.output(u), model.output(u));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void scalingOfTheStateKeepsTheRuleOfAHomogeneousActivation(DataType type) {
        RandomModels models = new RandomModels(3, type, Activations.relu());
        RandomModels others = new RandomModels(4, type, Activations.leakyRelu(0.1));
        ImplicitModel model = models.feedforward(3, 2, 2).then(others.contraction(2, 3, 2));
        INDArray scales = Nd4j.createFromArray(0.5, 2, 3, 1, 0.7, 1.5, 0.25, 1.1, 4.0);
        ImplicitModel scaled = model.scaled(scales);
        INDArray u = models.array(3, 4);
        assertThat(scaled.dataType()).isEqualTo(type);
        assertThat(scaled.blocks()).isEqualTo(model.blocks());
        CompositionTest.assertClose(type, scaled.output(u), model.output(u));
        CompositionTest.assertClose(
                type,
                scaled.state(u).state(),
                model.state(u).state().mulColumnVector(scales.castTo(type).reshape(9, 1)));
    }

    @Test
    void changesThatWouldAlterTheRuleAreRefused() {
        RandomModels models = new RandomModels(3, DataType.DOUBLE, Activations.tanh());
        ImplicitModel model = models.contraction(3, 2, 2);
        assertThatThrownBy(() -> model.scaled(Nd4j.createFromArray(1.0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("phi(tz) = t phi(z)")
                .hasMessageContaining("tanh");
        ImplicitModel relu = new RandomModels(3, DataType.DOUBLE, Activations.relu()).contraction(3, 2, 2);
        assertThatThrownBy(() -> relu.scaled(Nd4j.createFromArray(1.0, -2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive")
                .hasMessageContaining("-2");
        CompositionTest.assertRefused(() -> relu.scaled(Nd4j.createFromArray(1.0, 2, 3)), "2 states", "3 were given");
        CompositionTest.assertRefused(() -> relu.permuted(0, 0), "permutation of 2", "[0, 0]");
        CompositionTest.assertRefused(() -> relu.permuted(0), "permutation of 2");
        ImplicitModel mixing = ImplicitModel.of(relu.a(), relu.b(), relu.c(), relu.d(), new Softmax())
                .then(relu.withInputMap(models.dense(3, 2)));
        assertThatThrownBy(() -> mixing.permuted(0, 2, 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("softmax");
    }
}
