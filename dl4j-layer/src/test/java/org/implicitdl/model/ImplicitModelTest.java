package org.implicitdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.solver.FixedPointException;
import org.implicitdl.solver.PicardSolver;
import org.implicitdl.wellposed.IllPosedException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ImplicitModelTest {
    private static final RandomModels MODELS = new RandomModels(2, DataType.DOUBLE, Activations.tanh());

    private static LinearOperator scalar(double value) {
        return DenseOperator.copyOf(Nd4j.createFromArray(value).reshape(1, 1));
    }

    @Test
    void ruleOfOneStateHasItsClosedForm() {
        // x = max(0, x/2 + 3u + 1) = 6u + 2 if that is positive, and 0 otherwise.
        ImplicitModel model = ImplicitModel.of(scalar(0.5), scalar(3), scalar(2), scalar(-1), Activations.relu())
                .withStateBias(Nd4j.createFromArray(1.0))
                .withOutputBias(Nd4j.createFromArray(10.0));
        INDArray u = Nd4j.createFromArray(1.0, 2, -1).reshape(1, 3);
        CompositionTest.assertClose(
                DataType.DOUBLE,
                model.output(u),
                Nd4j.createFromArray(2 * 8 - 1 + 10.0, 2 * 14 - 2 + 10, 1 + 10).reshape(1, 3));
        CompositionTest.assertClose(
                DataType.DOUBLE,
                model.state(u).state(),
                Nd4j.createFromArray(8.0, 14, 0).reshape(1, 3));
    }

    @Test
    void stateAndReadOutGiveTheOutput() {
        for (ImplicitModel model : List.of(MODELS.contraction(3, 4, 2), MODELS.feedforward(3, 4, 2))) {
            INDArray u = MODELS.array(3, 6);
            INDArray x = model.state(u).state();
            CompositionTest.assertClose(DataType.DOUBLE, model.problem(u).apply(x), x);
            CompositionTest.assertClose(DataType.DOUBLE, model.readOut(x, u), model.output(u));
            CompositionTest.assertClose(DataType.DOUBLE, model.output(u, PicardSolver.withDefaults()), model.output(u));
        }
    }

    @Test
    void biasesAreCopiedInAndOut() {
        INDArray b = MODELS.array(4, 1);
        INDArray kept = b.dup();
        ImplicitModel model = MODELS.contraction(3, 4, 2).withStateBias(b);
        b.assign(9);
        model.stateBias(DataType.DOUBLE).assign(9);
        assertThat(model.stateBias(DataType.DOUBLE)).isEqualTo(kept);
        ImplicitModel bare = ImplicitModel.of(model.a(), model.b(), model.c(), model.d(), model.phi());
        assertThat(bare.outputBias(DataType.FLOAT)).isEqualTo(Nd4j.zeros(DataType.FLOAT, 2, 1));
    }

    @Test
    void inputsAreNotChanged() {
        INDArray u = MODELS.array(3, 6);
        INDArray kept = u.dup();
        ImplicitModel model = MODELS.feedforward(3, 4, 2);
        ImplicitModel copying = ImplicitModel.of(
                new ZeroOperator(3, 3),
                new IdentityOperator(3),
                new IdentityOperator(3),
                new IdentityOperator(3),
                Activations.identity());
        model.output(u);
        CompositionTest.assertClose(DataType.DOUBLE, copying.output(u), kept.mul(2));
        copying.output(u).assign(0);
        assertThat(u).isEqualTo(kept);
    }

    @Test
    void outputsOutliveLaterCallsAndTheCallersWorkspace() {
        ImplicitModel model = MODELS.feedforward(3, 4, 2);
        INDArray u = MODELS.array(3, 6);
        INDArray expected = model.output(u).dup();
        INDArray kept;
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("callers")) {
            kept = model.output(u);
        }
        for (int i = 0; i < 5; i++) {
            model.output(MODELS.array(3, 6));
        }
        assertThat(kept.isAttached()).isFalse();
        assertThat(kept).isEqualTo(expected);
    }

    @Test
    void oneSampleIsComputedLikeMany() {
        for (ImplicitModel model : List.of(MODELS.contraction(3, 4, 2), MODELS.feedforward(3, 4, 2))) {
            INDArray u = MODELS.array(3, 6);
            INDArray one = u.getColumn(4, true);
            CompositionTest.assertClose(
                    DataType.DOUBLE, model.output(one), model.output(u).getColumn(4, true));
        }
    }

    @Test
    void viewsAreInputsLikeAnyOther() {
        INDArray wide = MODELS.array(8, 6);
        INDArray view = wide.get(NDArrayIndex.interval(2, 5), NDArrayIndex.all());
        ImplicitModel model = MODELS.feedforward(3, 4, 2);
        assertThat(model.output(view)).isEqualTo(model.output(view.dup('f')));
    }

    @Test
    void anyNumberOfThreadsMayShareAModel() {
        ImplicitModel model = MODELS.contraction(3, 8, 2);
        INDArray u = MODELS.array(3, 20);
        INDArray expected = ImplicitModel.of(model.a(), model.b(), model.c(), model.d(), model.phi())
                .withStateBias(model.stateBias(DataType.DOUBLE))
                .withOutputBias(model.outputBias(DataType.DOUBLE))
                .output(u);
        List<INDArray> outputs = IntStream.range(0, 100)
                .parallel()
                .mapToObj(i -> model.output(u))
                .toList();
        assertThat(outputs).allSatisfy(output -> assertThat(output).isEqualTo(expected));
    }

    @Test
    void matricesThatDoNotFitAreRefused() {
        LinearOperator a = new ZeroOperator(4, 4);
        LinearOperator b = new ZeroOperator(4, 3);
        LinearOperator c = new ZeroOperator(2, 4);
        LinearOperator d = new ZeroOperator(2, 3);
        CompositionTest.assertRefused(() -> model(new ZeroOperator(4, 5), b, c, d), "matrix A", "[4, 4]", "[4, 5]");
        CompositionTest.assertRefused(() -> model(a, d, c, d), "matrix B", "[4, 3]", "[2, 3]");
        CompositionTest.assertRefused(() -> model(a, b, d, d), "matrix C", "[2, 4]", "[2, 3]");
        CompositionTest.assertRefused(() -> model(a, b, c, c), "matrix D", "[2, 3]", "[2, 4]");
        ImplicitModel model = model(a, b, c, d);
        CompositionTest.assertRefused(() -> model.withStateBias(Nd4j.zeros(3)), "state bias b", "length 4", "[3]");
        CompositionTest.assertRefused(() -> model.withOutputBias(Nd4j.zeros(3, 2)), "output bias d", "length 2");
    }

    private static ImplicitModel model(LinearOperator a, LinearOperator b, LinearOperator c, LinearOperator d) {
        return ImplicitModel.of(a, b, c, d, Activations.relu());
    }

    @Test
    void inputsThatDoNotFitAreRefused() {
        ImplicitModel model = MODELS.contraction(3, 4, 2);
        CompositionTest.assertRefused(() -> model.output(Nd4j.zeros(4, 6)), "[3, samples]", "[4, 6]");
        CompositionTest.assertRefused(() -> model.output(Nd4j.zeros(6, 3)), "transpose");
        CompositionTest.assertRefused(() -> model.state(Nd4j.zeros(3)), "[3]");
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            INDArray u = MODELS.array(3, 2);
            u.putScalar(1, 1, bad);
            assertThatThrownBy(() -> model.output(u)).isInstanceOf(NonFiniteException.class);
            assertThatThrownBy(() -> model.state(u)).isInstanceOf(NonFiniteException.class);
        }
        assertThatThrownBy(() -> model.withStateBias(Nd4j.createFromArray(1.0, 2, 3, Double.NaN)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("state bias b");
    }

    @Test
    void outputsThatOverflowAreRefused() {
        ImplicitModel huge = ImplicitModel.of(scalar(0), scalar(1e300), scalar(1e300), scalar(0), Activations.relu());
        ImplicitModel feedforward = ImplicitModel.of(
                new ZeroOperator(1, 1), huge.b(), huge.c(), new ZeroOperator(1, 1), Activations.relu());
        INDArray u = Nd4j.createFromArray(1e300).reshape(1, 1);
        assertThatThrownBy(() -> feedforward.output(u))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("output");
        assertThatThrownBy(() -> huge.output(u)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void withoutCertificateThereIsNoOutputUnlessASolverIsGiven() {
        ImplicitModel illPosed = ImplicitModel.of(scalar(2), scalar(1), scalar(1), scalar(0), Activations.relu());
        INDArray u = Nd4j.createFromArray(1.0).reshape(1, 1);
        assertThatThrownBy(() -> illPosed.output(u))
                .isInstanceOf(IllPosedException.class)
                .hasMessageContaining("No certificate");
        assertThatThrownBy(() -> illPosed.output(u, PicardSolver.withDefaults()))
                .isInstanceOf(FixedPointException.class);
        // x = relu(2x - 1) has the solution 0, which the Picard iteration starts from.
        INDArray negative = Nd4j.createFromArray(-1.0).reshape(1, 1);
        assertThat(illPosed.output(negative, PicardSolver.withDefaults()).getDouble(0))
                .isZero();
    }

    @Test
    void summaryTellsWhatTheModelIs() {
        ImplicitModel model = MODELS.feedforward(3, 4, 2);
        assertThat(model.summary())
                .contains(
                        "inputs p     3",
                        "states n     12 in blocks [4, 4, 4]",
                        "outputs q    2",
                        "tanh",
                        "TRIANGULAR");
        assertThat(model.parameterCount()).isEqualTo(3 * 4 + 2 * 16 + 2 * 2 * 4 + 12 + 2);
        assertThat(model.toString()).contains("3 inputs, 12 states").contains("tanh");
        assertThat(model.blocks()).isEqualTo(Partition.of(4, 4, 4));
    }
}
