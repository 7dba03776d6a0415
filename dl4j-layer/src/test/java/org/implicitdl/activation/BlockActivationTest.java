package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class BlockActivationTest {
    private static final Activation RELU = Activations.relu();
    private static final Activation TANH = Activations.tanh();
    private static final Activation SIGMOID = Activations.sigmoid();
    private static final Activation SOFTMAX = new Softmax();

    private static Activation of(Object... activationsAndSizes) {
        int count = activationsAndSizes.length / 2;
        int[] sizes = new int[count];
        Activation[] activations = new Activation[count];
        for (int i = 0; i < count; i++) {
            activations[i] = (Activation) activationsAndSizes[2 * i];
            sizes[i] = (Integer) activationsAndSizes[2 * i + 1];
        }
        return BlockActivation.of(Partition.of(sizes), List.of(activations));
    }

    @Test
    void eachBlockGetsItsOwnMap() {
        Activation phi = of(RELU, 2, SOFTMAX, 3, TANH, 1);
        INDArray first = Samples.normal(60, DataType.DOUBLE, 2, 5, 1);
        INDArray second = Samples.normal(61, DataType.DOUBLE, 3, 5, 1);
        INDArray third = Samples.normal(62, DataType.DOUBLE, 1, 5, 1);
        INDArray z = Nd4j.vstack(first, second, third);
        INDArray byHand = Nd4j.vstack(RELU.apply(first), SOFTMAX.apply(second), TANH.apply(third));
        assertThat(phi.apply(z).equalsWithEps(byHand, 0)).isTrue();
        INDArray productsByHand = Nd4j.vstack(
                RELU.transposedJacobianTimes(first, first),
                SOFTMAX.transposedJacobianTimes(second, second),
                TANH.transposedJacobianTimes(third, third));
        assertThat(phi.transposedJacobianTimes(z, z).equalsWithEps(productsByHand, 0))
                .isTrue();
    }

    @Test
    void neighboursThatAreEqualAndComponentwiseBecomeOneBlock() {
        BlockActivation phi = (BlockActivation) of(RELU, 2, RELU, 1, SOFTMAX, 2, SOFTMAX, 2, TANH, 1, TANH, 4);
        assertThat(phi.partition()).isEqualTo(Partition.of(3, 2, 2, 5));
        assertThat(phi.block(0)).isEqualTo(RELU);
        assertThat(phi.block(1)).isEqualTo(SOFTMAX);
        assertThat(phi.block(2)).isEqualTo(SOFTMAX);
        assertThat(phi.block(3)).isEqualTo(TANH);
    }

    @Test
    void blocksOfBlocksAreFlattened() {
        Activation nested = of(RELU, 1, of(RELU, 2, TANH, 3), 5, of(TANH, 1, SIGMOID, 1), 2);
        assertThat(nested)
                .isEqualTo(of(RELU, 3, TANH, 4, SIGMOID, 1))
                .hasSameHashCodeAs(of(RELU, 3, TANH, 4, SIGMOID, 1));
        assertThat(nested).isNotEqualTo(of(RELU, 4, TANH, 3, SIGMOID, 1));
        assertThat(nested).hasToString("[relu, tanh, sigmoid] on blocks of [3, 4, 1]");
    }

    @Test
    void oneComponentwiseMapOnAllBlocksIsThatMap() {
        assertThat(of(RELU, 2, RELU, 7)).isEqualTo(RELU);
        assertThat(of(SOFTMAX, 2)).isInstanceOf(BlockActivation.class);
    }

    @Test
    void slicesAreCutAtAnyPlaceOfComponentwiseBlocks() {
        Activation phi = of(RELU, 3, TANH, 4, SOFTMAX, 2, SIGMOID, 1);
        assertThat(phi.slice(1, 3)).isEqualTo(RELU);
        assertThat(phi.slice(2, 5)).isEqualTo(of(RELU, 1, TANH, 2));
        assertThat(phi.slice(5, 10)).isEqualTo(of(TANH, 2, SOFTMAX, 2, SIGMOID, 1));
        assertThat(phi.slice(7, 9)).isEqualTo(of(SOFTMAX, 2));
        assertThat(phi.slice(0, 10)).isEqualTo(phi);
        assertThat(phi.slice(7, 9).slice(0, 2)).isEqualTo(of(SOFTMAX, 2));
    }

    @Test
    void slicesThatCutAMixingBlockAreRefused() {
        Activation phi = of(RELU, 3, SOFTMAX, 2);
        assertThatThrownBy(() -> phi.slice(0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cuts the block softmax of components 3 to 5");
        for (int[] bad : new int[][] {{-1, 2}, {2, 2}, {3, 1}, {0, 6}}) {
            assertThatThrownBy(() -> phi.slice(bad[0], bad[1]))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("0 to 5")
                    .hasMessageContaining("from " + bad[0] + " to " + bad[1]);
        }
    }

    @Test
    void lipschitzConstantIsTheLargestOfTheBlocks() {
        assertThat(of(SIGMOID, 1, SOFTMAX, 2).lipschitz()).isEqualTo(0.5);
        assertThat(of(SIGMOID, 1, Activations.elu(3), 2, TANH, 1).lipschitz()).isEqualTo(3);
    }

    @Test
    void permutedMapsThePermutedState() {
        Activation phi = of(RELU, 2, TANH, 2, SIGMOID, 2);
        int[] order = {4, 0, 1, 5, 3, 2};
        Activation permuted = BlockActivation.permuted(phi, order);
        assertThat(permuted).isEqualTo(of(SIGMOID, 1, RELU, 2, SIGMOID, 1, TANH, 2));
        INDArray z = Samples.normal(63, DataType.DOUBLE, 6, 4, 1);
        INDArray expected = phi.apply(z).getRows(order);
        assertThat(permuted.apply(z.getRows(order)).equalsWithEps(expected, 0)).isTrue();
        assertThat(BlockActivation.permuted(TANH, order)).isEqualTo(TANH);
    }

    @Test
    void permutedKeepsMixingBlocksThatStayTogether() {
        Activation phi = of(RELU, 2, SOFTMAX, 3);
        assertThat(BlockActivation.permuted(phi, new int[] {1, 2, 3, 4, 0}))
                .isEqualTo(of(RELU, 1, SOFTMAX, 3, RELU, 1));
        assertThat(BlockActivation.permuted(SOFTMAX, new int[] {0, 1})).isEqualTo(SOFTMAX);
        for (int[] torn : new int[][] {{2, 3, 0, 4, 1}, {0, 1, 3, 2, 4}, {3, 4, 2, 0, 1}, {0, 1, 2, 4, 3}}) {
            assertThatThrownBy(() -> BlockActivation.permuted(phi, torn))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tears apart the components from 2 that softmax mixes");
        }
        assertThatThrownBy(() -> BlockActivation.permuted(SOFTMAX, new int[] {1, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("softmax");
    }

    @Test
    void ordersThatAreNoPermutationsAreRefused() {
        Activation phi = of(RELU, 2, TANH, 1);
        for (int[] bad : new int[][] {{0, 1, 1}, {0, 1, 3}, {-1, 0, 1}}) {
            assertThatThrownBy(() -> BlockActivation.permuted(phi, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("each index from 0 to 2 once");
        }
        assertThatThrownBy(() -> BlockActivation.permuted(phi, new int[] {1, 0}))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 components, but 2");
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> BlockActivation.of(Partition.of(1, 2), List.of(RELU)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 blocks and 1 activations");
        assertThatThrownBy(() -> of(of(RELU, 2, TANH, 1), 4))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 components, but 4");
        Activation phi = of(RELU, 2, TANH, 1);
        assertThatThrownBy(() -> phi.apply(Nd4j.ones(DataType.DOUBLE, 4, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, samples]")
                .hasMessageContaining("[4, 2]");
    }

    @Test
    void slicesAndPermutationsTakeTheFactorsOfTheirComponents() {
        INDArray factors = Nd4j.createFromArray(new double[][] {{1}, {2}, {3}});
        Activation phi = BlockActivation.of(
                Partition.of(2, 3), List.of(Activations.identity(), DiagonalActivation.viewOf(factors, 3)));
        INDArray ones = Nd4j.ones(DataType.DOUBLE, 5, 1);

        assertThat(phi.slice(3, 5)
                        .apply(ones.get(NDArrayIndex.interval(0, 2), NDArrayIndex.all()))
                        .toDoubleVector())
                .containsExactly(2, 3);
        assertThat(BlockActivation.permuted(phi, new int[] {4, 0, 2, 1, 3})
                        .apply(ones)
                        .toDoubleVector())
                .containsExactly(3, 1, 1, 1, 2);
    }
}
