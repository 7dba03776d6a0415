package org.implicitdl.convert.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.Softmax;
import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReducerTest {
    private static final Reducer ANY_GROWTH = Reducer.standard().withGrowth(Double.POSITIVE_INFINITY);
    private static final InputBox BOX = InputBox.of(PlantedModel.INPUTS, -1, 1);

    static Stream<Arguments> planted() {
        return IntStream.range(0, 15)
                .boxed()
                .flatMap(seed -> Stream.of(false, true).map(isCyclic -> Arguments.of(seed, isCyclic)));
    }

    private static LinearOperator dense(double[]... rows) {
        return DenseOperator.copyOf(Matrix.ofRows(rows).toArray(DataType.DOUBLE));
    }

    @ParameterizedTest(name = "seed {0}, cyclic {1}")
    @MethodSource("planted")
    void exactlyThePlantedStatesLeaveAndTheOutputStays(int seed, boolean isCyclic) {
        PlantedModel planted = new PlantedModel(seed, isCyclic);
        ImplicitModel model = planted.model();
        Reduction reduction = ANY_GROWTH.reduce(model, BOX);
        assertThat(reduction.kept()).containsExactly(planted.expected());
        INDArray u = PlantedModel.inputs(seed, PlantedModel.INPUTS, 50);
        assertThat(PlantedModel.distance(PlantedModel.picard(reduction.model(), u), PlantedModel.picard(model, u)))
                .isLessThan(1e-12);
        assertThat(PlantedModel.distance(reduction.model().output(u), PlantedModel.picard(model, u)))
                .isLessThan(1e-11);
    }

    @ParameterizedTest(name = "seed {0}, cyclic {1}")
    @MethodSource("planted")
    void everyStateLeavesForTheReasonForWhichItWasPlanted(int seed, boolean isCyclic) {
        PlantedModel planted = new PlantedModel(seed, isCyclic);
        Reduction reduction = ANY_GROWTH.reduce(planted.model(), BOX);
        for (Removal removal : reduction.removals()) {
            String expected = switch (planted.kind(removal.state())) {
                case "inactive", "active" -> "bounded";
                case "core" -> "duplicate";
                default -> planted.kind(removal.state());
            };
            assertThat(removal.step()).as("state %d", removal.state()).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}, cyclic {1}")
    @MethodSource("planted")
    void boundsHoldTheStatesOfEveryInputOfTheBox(int seed, boolean isCyclic) {
        ImplicitModel model = new PlantedModel(seed, isCyclic).model();
        SparseModel sparse = SparseModel.of(model);
        StateBounds bounds = StateBounds.of(sparse, Dependencies.of(sparse), BOX);
        INDArray u = PlantedModel.inputs(seed, PlantedModel.INPUTS, 200);
        INDArray x = model.state(u).orElseThrow();
        INDArray z = model.a().times(x).addi(model.b().times(u)).addiColumnVector(model.stateBias(DataType.DOUBLE));
        for (int i = 0; i < model.states(); i++) {
            INDArray row = z.getRow(i);
            assertThat(row.minNumber().doubleValue()).isGreaterThanOrEqualTo(bounds.zLow(i) - 1e-10);
            assertThat(row.maxNumber().doubleValue()).isLessThanOrEqualTo(bounds.zHigh(i) + 1e-10);
        }
    }

    @Test
    void anActiveStateInACycleIsSolvedFor() {
        ImplicitModel model = ImplicitModel.of(
                        dense(new double[] {0.5}),
                        dense(new double[] {1}),
                        dense(new double[] {1}),
                        new ZeroOperator(1, 1),
                        Activations.relu())
                .withStateBias(Nd4j.createFromArray(10.0));
        Reduction reduction = Reducer.standard().reduce(model, InputBox.of(1, -1, 1));
        assertThat(reduction.kept()).isEmpty();
        // x = ½x + u + 10 has the solution 2u + 20.
        assertThat(reduction.model().d().toDense(DataType.DOUBLE).getDouble(0)).isEqualTo(2);
        assertThat(reduction.model().outputBias(DataType.DOUBLE).getDouble(0)).isEqualTo(20);
        assertThat(reduction
                        .model()
                        .output(Nd4j.createFromArray(new double[][] {{0.5, -1}}))
                        .toDoubleVector())
                .containsExactly(new double[] {21, 18}, within(1e-12));
    }

    @Test
    void equalStatesOfACycleStayIfTheSmallerModelIsNotCertified() {
        ImplicitModel model = ImplicitModel.of(
                dense(new double[] {0, 3}, new double[] {3, 0}),
                dense(new double[] {1}, new double[] {1}),
                dense(new double[] {1, 1}),
                new ZeroOperator(1, 1),
                Activations.tanh());
        assertThat(Reducer.standard().reduce(model).model()).isSameAs(model);
    }

    @Test
    void statesThatAreMixedByPhiLeaveTogetherOrNotAtAll() {
        Activation phi = BlockActivation.of(Partition.of(3, 2), List.of(new Softmax(), new Softmax()));
        double[][] c = new double[1][5];
        c[0][0] = 1;
        double[][] b = {{1, 2}, {0, 0}, {2, -1}, {1, 1}, {3, 1}};
        ImplicitModel model = ImplicitModel.of(new ZeroOperator(5, 5), dense(b), dense(c), new ZeroOperator(1, 2), phi);
        Reduction reduction = Reducer.standard().reduce(model);
        assertThat(reduction.kept()).containsExactly(0, 1, 2);
        INDArray u = PlantedModel.inputs(1, 2, 10);
        assertThat(PlantedModel.distance(reduction.model().output(u), model.output(u)))
                .isLessThan(1e-15);
    }

    @Test
    void linearStatesStayWhereTheyWouldMakeMoreConnections() {
        double[] wide = {1, 2, 3, 4};
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(1, 1),
                dense(wide),
                dense(wide).transpose(),
                new ZeroOperator(4, 4),
                Activations.identity());
        assertThat(Reducer.standard().reduce(model).model()).isSameAs(model);
        Reduction full = ANY_GROWTH.reduce(model);
        assertThat(full.kept()).isEmpty();
        assertThat(full.after().connections()).isEqualTo(16);
        INDArray u = PlantedModel.inputs(2, 4, 5);
        assertThat(PlantedModel.distance(full.model().output(u), model.output(u)))
                .isLessThan(1e-15);
    }

    @Test
    void blocksThatNothingWasChangedOfAreTheOriginalOperators() {
        LinearOperator first = DenseOperator.copyOf(Nd4j.rand(DataType.FLOAT, 4, 3));
        LinearOperator second = DenseOperator.copyOf(Nd4j.rand(DataType.FLOAT, 2, 4));
        LinearOperator idle = DenseOperator.copyOf(Nd4j.rand(DataType.FLOAT, 5, 4));
        ImplicitModel model = ImplicitModel.of(
                BlockOperator.of(List.of(
                        List.of(new ZeroOperator(5, 5), idle),
                        List.of(new ZeroOperator(4, 5), new ZeroOperator(4, 4)))),
                BlockOperator.of(List.of(List.of(new ZeroOperator(5, 3)), List.of(first))),
                BlockOperator.of(List.of(List.of(new ZeroOperator(2, 5), second))),
                new ZeroOperator(2, 3),
                Activations.tanh());
        ImplicitModel reduced = Reducer.standard().reduce(model).model();
        assertThat(reduced.states()).isEqualTo(4);
        assertThat(reduced.b()).isSameAs(first);
        assertThat(reduced.c()).isSameAs(second);
        assertThat(reduced.dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void theReportNamesPassStepNumberFirstStatesAndReason() {
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(6, 6),
                dense(new double[] {1}, new double[1], new double[1], new double[1], new double[1], new double[1]),
                dense(new double[] {1, 0, 0, 0, 0, 0}),
                new ZeroOperator(1, 1),
                Activations.tanh());
        String report = Reducer.standard().reduce(model).report(i -> "s" + i);
        assertThat(report)
                .startsWith("states 6 -> 1, connections 2 -> 2")
                .contains("the same outputs for inputs of any size")
                .contains("   1  unused           5  s1, s2, s3, s4, …: its column of A and C is zero");
    }

    @Test
    void aModelWithoutAnyRedundancyIsReturnedAsItIs() {
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(2, 2),
                new IdentityOperator(2),
                new IdentityOperator(2),
                new ZeroOperator(2, 2),
                Activations.relu());
        Reduction reduction = Reducer.standard().reduce(model);
        assertThat(reduction.model()).isSameAs(model);
        assertThat(reduction.removals()).isEmpty();
    }

    @Test
    void boxesThatDoNotFitAndGrowthBelowOneAreRefused() {
        ImplicitModel model = new PlantedModel(1, false).model();
        assertThatThrownBy(() -> Reducer.standard().reduce(model, InputBox.of(2, 0, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 inputs")
                .hasMessageContaining("1 for 2");
        assertThatThrownBy(() -> InputBox.of(2, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input 0")
                .hasMessageContaining("1.0 and 0.0");
        assertThatThrownBy(() -> Reducer.standard().withGrowth(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.5");
    }
}
