package org.implicitdl.convert.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.Softmax;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonzeroCount;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.SparseEntries;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.SparseOperator;
import org.implicitdl.operator.TooLargeException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class ModelStructureTest {

    private static ImplicitModel model(Matrix a, Activation phi) {
        int n = a.rows();
        return ImplicitModel.of(
                DenseOperator.copyOf(a.toArray(DataType.DOUBLE)),
                new ZeroOperator(n, 2),
                new ZeroOperator(1, n),
                new ZeroOperator(1, 2),
                phi);
    }

    /** Cycles of 1, 3 and 2 states in a chain, beside it a chain of 2 single states; in a random order. */
    private static Matrix shuffled(Random random) {
        int[][] edges = {{0, 0}, {1, 0}, {2, 1}, {3, 2}, {1, 3}, {4, 3}, {5, 4}, {4, 5}, {7, 6}};
        List<Integer> order = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
        Collections.shuffle(order, random);
        Matrix a = Matrix.zeros(8, 8);
        for (int[] edge : edges) {
            a.set(order.get(edge[0]), order.get(edge[1]), 0.1);
        }
        return a;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void theOrderMakesABlockTriangularWithTheCyclesAsBlocks(int seed) {
        Matrix a = shuffled(new Random(seed));
        ModelStructure structure = ModelStructure.of(model(a, Activations.relu()));
        assertThat(structure.components().stream().map(c -> c.length).sorted()).containsExactly(1, 1, 1, 2, 3);
        assertThat(structure.largestCycle()).isEqualTo(3);
        assertThat(structure.isAcyclic()).isFalse();
        assertThat(structure.depth()).isEqualTo(3);
        assertThat(structure.widths()).containsExactly(2, 4, 2);
        assertThat(structure.nonzerosOfA()).isEqualTo(9);

        int[] blockOf = new int[8];
        List<int[]> components = structure.components();
        for (int c = 0; c < components.size(); c++) {
            for (int i : components.get(c)) {
                blockOf[i] = components.size() - 1 - c;
            }
        }
        int[] order = structure.order();
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < row; column++) {
                boolean isBelow = blockOf[order[row]] != blockOf[order[column]];
                assertThat(isBelow && a.get(order[row], order[column]) != 0).isFalse();
            }
        }
    }

    @Test
    void statesThatPhiMixesAreOneComponentAndDependOnEachOthersSources() {
        Matrix a = Matrix.zeros(5, 5);
        a.set(1, 0, 1);
        a.set(4, 2, 1);
        Activation phi = BlockActivation.of(
                Partition.of(1, 3, 1), List.of(Activations.relu(), new Softmax(), Activations.relu()));
        ModelStructure structure = ModelStructure.of(model(a, phi));
        assertThat(structure.components()).containsExactly(new int[] {0}, new int[] {1, 2, 3}, new int[] {4});
        assertThat(structure.widths()).containsExactly(1, 3, 1);
        assertThat(structure.isAcyclic()).isTrue();
        a.set(2, 3, 1);
        assertThat(ModelStructure.of(model(a, phi)).largestCycle()).isEqualTo(3);
    }

    @Test
    void aChainOfManyStatesIsWalkedInLinearTime() {
        int n = 200_000;
        SparseEntries a = SparseMatrix.entries(n, n);
        for (int i = 0; i + 1 < n; i++) {
            a.add(i, i + 1, 1);
        }
        ImplicitModel model = ImplicitModel.of(
                SparseOperator.of(a.toMatrix(), DataType.FLOAT),
                new ZeroOperator(n, 1),
                new ZeroOperator(1, n),
                new ZeroOperator(1, 1),
                Activations.relu());
        ModelStructure structure = ModelStructure.of(model);
        assertThat(structure.depth()).isEqualTo(n);
        assertThat(structure.order()).isEqualTo(IntStream.range(0, n).toArray());
    }

    @Test
    void theSummaryTellsSizesOrderDepthWidthsAndDensities() {
        Matrix a = Matrix.zeros(4, 4);
        a.set(0, 2, 1);
        a.set(1, 3, 1);
        assertThat(ModelStructure.of(model(a, Activations.relu())).summary())
                .contains("states n = 4, inputs p = 2, outputs q = 1")
                .contains("triangular: no state depends on itself")
                .contains("depth        2")
                .contains("widths       2, 2")
                .contains("A            [4, 4] with 2 nonzeros (12.5 %)");
        a.set(3, 1, 1);
        assertThat(ModelStructure.of(model(a, Activations.relu())).summary())
                .contains("block triangular: 1 cycles, the largest of 2 states");
    }

    @Test
    void cellsOfOneEntryAreThePatternItself() {
        Matrix a = shuffled(new Random(1));
        SparseModel model = SparseModel.of(model(a, Activations.relu()));
        int[] order = ModelStructure.of(model).order();
        DensityGrid grid = DensityGrid.of(model, order, 100);
        assertThat(grid.rows()).isEqualTo(9);
        assertThat(grid.cols()).isEqualTo(10);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(grid.share(i, j)).isEqualTo(a.get(order[i], order[j]) == 0 ? 0 : 1);
            }
        }
    }

    @ParameterizedTest(name = "at most {0} cells")
    @ValueSource(ints = {1, 3, 7, 20})
    void sharesOfLargerCellsAddUpToAllNonzeros(int most) {
        Random random = new Random(most);
        Matrix a = Matrix.zeros(23, 23);
        Arrays.setAll(a.values(), k -> random.nextDouble() < 0.3 ? 1 : 0);
        SparseModel model = SparseModel.of(model(a, Activations.relu()));
        DensityGrid grid = DensityGrid.of(model, IntStream.range(0, 23).toArray(), most);
        assertThat(grid.stateCells()).isEqualTo((23 + grid.cell() - 1) / grid.cell());
        double total = 0;
        for (int i = 0; i < grid.stateCells(); i++) {
            for (int j = 0; j < grid.stateCells(); j++) {
                double entries = Math.min(grid.cell(), 23 - i * grid.cell())
                        * (double) Math.min(grid.cell(), 23 - j * grid.cell());
                assertThat(grid.share(i, j)).isBetween(0.0, 1 + 1e-12);
                total += entries * grid.share(i, j);
            }
        }
        assertThat(total).isCloseTo(model.connections(), within(1e-9));
    }

    @Test
    void aGridWithoutCellsIsRefused() {
        SparseModel model = SparseModel.of(model(Matrix.zeros(2, 2), Activations.relu()));
        assertThatThrownBy(() -> DensityGrid.of(model, new int[] {0, 1}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 cell");
    }

    /** Where the nonzeros of every block are all of it or its diagonal, both ways must agree. */
    @Test
    void thePatternByBlocksIsThatByEntriesWhereBlocksAreFullOrDiagonal() {
        LinearOperator full = DenseOperator.copyOf(Nd4j.ones(DataType.DOUBLE, 4, 6));
        ImplicitModel model = ImplicitModel.of(
                BlockOperator.of(List.of(
                        List.of(new ZeroOperator(4, 4), full),
                        List.of(
                                PaddedOperator.at(new IdentityOperator(4), 1, 0, 6, 4),
                                DiagonalOperator.copyOf(Nd4j.ones(DataType.DOUBLE, 6))))),
                BlockOperator.of(List.of(
                        List.of(new ZeroOperator(4, 3)),
                        List.of(DenseOperator.copyOf(Nd4j.ones(DataType.DOUBLE, 6, 3))))),
                PaddedOperator.of(DenseOperator.copyOf(Nd4j.ones(DataType.DOUBLE, 5, 4)), 5, 10),
                new ZeroOperator(5, 3),
                Activations.relu());
        for (int most : new int[] {1, 4, 7, 15, 40}) {
            DensityGrid exact =
                    DensityGrid.of(SparseModel.of(model), IntStream.range(0, 10).toArray(), most);
            DensityGrid blocks = DensityGrid.byBlocks(model, most);
            assertThat(blocks.stateCells()).isEqualTo(exact.stateCells());
            for (int i = 0; i < exact.rows(); i++) {
                assertThat(blocks.shares()[i])
                        .as("%d cells, row %d", most, i)
                        .containsExactly(exact.shares()[i], within(1e-12));
            }
        }
    }

    @Test
    void aConvolutionOfHundredsOfMillionsOfConnectionsIsCountedAndDrawnByItsWeights() {
        int side = 512;
        int[] grid = {side, side};
        int[] three = {3, 3};
        int[] one = {1, 1};
        LinearOperator convolution = ConvolutionOperator.copyOf(
                Nd4j.ones(DataType.FLOAT, 16, 16, 3, 3), Windows.of(grid, three, one, one, one, grid), 1);
        int n = 16 * side * side;
        // Every tap but those that hang over the edge: (3·512 − 2)² for each pair of channels.
        long expected = 256L * (3 * side - 2) * (3 * side - 2);
        assertThat(NonzeroCount.of(convolution)).isEqualTo(expected);
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(n, n),
                convolution,
                new ZeroOperator(1, n),
                new ZeroOperator(1, n),
                Activations.relu());
        DensityGrid pattern = DensityGrid.byBlocks(model, 100);
        assertThat(pattern.share(0, pattern.stateCells())).isCloseTo(expected / ((double) n * n), within(1e-12));
        assertThat(pattern.share(0, 0)).isZero();
        assertThatThrownBy(() -> SparseModel.of(model))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContainingAll("4,194,304 states", "602,", "up to 67,108,864", "smaller inputs");
    }
}
