package org.implicitdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CompositionTest {
    private static final int SAMPLES = 5;

    /** Two models of three inputs, a model of two inputs to put behind them, and inputs. */
    record Parts(
            DataType type, ImplicitModel one, ImplicitModel other, ImplicitModel next, LinearOperator map, INDArray u) {
        @Override
        public String toString() {
            return type + ", " + one + "; " + other;
        }
    }

    static Stream<Parts> parts() {
        return Stream.of(DataType.DOUBLE, DataType.FLOAT)
                .flatMap(type -> Stream.of(Activations.relu(), Activations.tanh())
                        .flatMap(phi -> IntStream.range(0, 4).mapToObj(kind -> parts(type, phi, kind))));
    }

    private static Parts parts(DataType type, Activation phi, int kind) {
        RandomModels models = new RandomModels(20 + kind, type, phi);
        RandomModels others = new RandomModels(40 + kind, type, kind == 3 ? Activations.sigmoid() : phi);
        return new Parts(
                type,
                kind % 2 == 0 ? models.feedforward(3, 4, 2) : models.contraction(3, 4, 2),
                kind / 2 == 0 ? others.feedforward(3, 2, 2) : others.contraction(3, 6, 2),
                kind == 1 ? others.feedforward(2, 3, 1) : others.contraction(2, 3, 1),
                models.dense(3, 4),
                models.array(3, SAMPLES));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void outputSolvesTheRule(Parts parts) {
        assertClose(parts, parts.one().output(parts.u()), RandomModels.reference(parts.one(), parts.u()));
        assertClose(parts, parts.other().output(parts.u()), RandomModels.reference(parts.other(), parts.u()));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void cascadeIsTheCompositionOfTheFunctions(Parts parts) {
        ImplicitModel cascade = parts.one().then(parts.next());
        assertClose(
                parts,
                cascade.output(parts.u()),
                parts.next().output(parts.one().output(parts.u())));
        assertFlat(cascade);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void cascadeIsAssociative(Parts parts) {
        ImplicitModel middle =
                parts.next().then(new RandomModels(9, parts.type(), Activations.tanh()).contraction(1, 2, 2));
        ImplicitModel left = parts.one().then(middle).then(parts.next());
        ImplicitModel right = parts.one().then(middle.then(parts.next()));
        assertThat(left.blocks()).isEqualTo(right.blocks());
        assertClose(parts, left.output(parts.u()), right.output(parts.u()));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void sumAddsTheOutputs(Parts parts) {
        ImplicitModel sum = parts.one().plus(parts.other());
        INDArray expected = parts.one().output(parts.u()).add(parts.other().output(parts.u()));
        assertClose(parts, sum.output(parts.u()), expected);
        assertFlat(sum);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void concatenationStacksTheOutputs(Parts parts) {
        ImplicitModel both = parts.one().concatenate(parts.other());
        INDArray expected =
                Nd4j.vstack(parts.one().output(parts.u()), parts.other().output(parts.u()));
        assertClose(parts, both.output(parts.u()), expected);
        assertFlat(both);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void modelsSideBySideActOnTheirOwnInputs(Parts parts) {
        ImplicitModel both = parts.one().beside(parts.other());
        INDArray second = new RandomModels(77, parts.type(), Activations.relu()).array(3, SAMPLES);
        INDArray expected =
                Nd4j.vstack(parts.one().output(parts.u()), parts.other().output(second));
        assertClose(parts, both.output(Nd4j.vstack(parts.u(), second)), expected);
        assertFlat(both);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void compositionsCompose(Parts parts) {
        ImplicitModel model = parts.one()
                .concatenate(parts.other())
                .then(parts.next().beside(parts.next()))
                .plus(parts.one());
        INDArray tail = Nd4j.vstack(
                parts.next().output(parts.one().output(parts.u())),
                parts.next().output(parts.other().output(parts.u())));
        assertClose(parts, model.output(parts.u()), tail.add(parts.one().output(parts.u())));
        assertFlat(model);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void affineMapsActBeforeAndAfter(Parts parts) {
        RandomModels arrays = new RandomModels(5, parts.type(), Activations.relu());
        INDArray input = arrays.array(4, SAMPLES);
        INDArray s = arrays.array(3, 1);
        INDArray mapped = parts.map().times(input).addiColumnVector(s);
        assertClose(
                parts,
                parts.one().withInputMap(parts.map(), s).output(input),
                parts.one().output(mapped));
        assertClose(
                parts,
                parts.one().withInputMap(parts.map()).output(input),
                parts.one().output(parts.map().times(input)));
        LinearOperator m = arrays.dense(6, 2);
        INDArray t = arrays.array(6, 1);
        INDArray output = m.times(parts.one().output(parts.u()));
        assertClose(parts, parts.one().withOutputMap(m).output(parts.u()), output);
        assertClose(parts, parts.one().withOutputMap(m, t).output(parts.u()), output.addColumnVector(t));
        assertThat(parts.one().withOutputMap(m, t).a()).isSameAs(parts.one().a());
    }

    @Test
    void cascadeOfSixModelsIsOneFlatStrictlyTriangularModel() {
        RandomModels models = new RandomModels(1, DataType.DOUBLE, Activations.tanh());
        ImplicitModel cascade = models.feedforward(3, 2, 3);
        for (int i = 1; i < 6; i++) {
            cascade = cascade.then(models.feedforward(3, 2, 3));
        }
        assertThat(cascade.blocks().count()).isEqualTo(18);
        assertFlat(cascade);
        BlockOperator a = (BlockOperator) cascade.a();
        for (int i = 0; i < 18; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(a.block(i, j).isZero()).isTrue();
            }
        }
    }

    @Test
    void identityReadOutsKeepTheWeightsThemselves() {
        RandomModels models = new RandomModels(1, DataType.FLOAT, Activations.relu());
        LinearOperator first = models.dense(4, 3);
        LinearOperator second = models.dense(2, 4);
        ImplicitModel network = layer(first).then(layer(second));
        assertThat(((BlockOperator) network.a()).block(0, 1)).isSameAs(second);
        assertThat(((BlockOperator) network.b()).block(1, 0)).isSameAs(first);
        assertThat(network.d().isZero()).isTrue();
        assertThat(network.blocks()).isEqualTo(Partition.of(2, 4));
        assertThat(network.parameterCount()).isEqualTo(12 + 8);
        assertThat(network.dataType()).isEqualTo(DataType.FLOAT);
    }

    private static ImplicitModel layer(LinearOperator weights) {
        int n = weights.rows();
        return ImplicitModel.of(
                new ZeroOperator(n, n),
                weights,
                new IdentityOperator(n),
                new ZeroOperator(n, weights.cols()),
                Activations.relu());
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        RandomModels models = new RandomModels(1, DataType.DOUBLE, Activations.relu());
        ImplicitModel model = models.contraction(3, 4, 2);
        assertRefused(() -> model.then(model), "outputs of the first model is 2", "inputs of the next is 3");
        assertRefused(() -> model.plus(models.contraction(3, 4, 1)), "outputs of the other is 1");
        assertRefused(() -> model.concatenate(models.contraction(4, 4, 2)), "inputs of the other is 4");
        assertRefused(() -> model.withInputMap(new IdentityOperator(4)), "as many columns");
        assertRefused(() -> model.withOutputMap(new IdentityOperator(4)), "as many columns");
        assertRefused(
                () -> model.withInputMap(new IdentityOperator(3), models.array(2, 1)),
                "shift of the input",
                "length 3");
        assertRefused(
                () -> model.withOutputMap(new IdentityOperator(2), models.array(3, 1)),
                "shift of the output",
                "length 2");
    }

    static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessageContainingAll(words);
    }

    /** No block of a block operator is a block operator. */
    private static void assertFlat(ImplicitModel model) {
        for (LinearOperator matrix : List.of(model.a(), model.b(), model.c(), model.d())) {
            if (matrix instanceof BlockOperator block) {
                for (int i = 0; i < block.rowBlocks().count(); i++) {
                    for (int j = 0; j < block.colBlocks().count(); j++) {
                        assertThat(block.block(i, j)).isNotInstanceOf(BlockOperator.class);
                    }
                }
            }
        }
    }

    private static void assertClose(Parts parts, INDArray actual, INDArray expected) {
        assertClose(parts.type(), actual, expected);
    }

    static void assertClose(DataType type, INDArray actual, INDArray expected) {
        assertThat(actual.dataType()).isEqualTo(type);
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double scale = 1 + expected.amaxNumber().doubleValue();
        assertThat(actual.castTo(DataType.DOUBLE)
                        .sub(expected.castTo(DataType.DOUBLE))
                        .amaxNumber()
                        .doubleValue())
                .isLessThan((type == DataType.DOUBLE ? 1e-9 : 2e-5) * scale);
    }
}
