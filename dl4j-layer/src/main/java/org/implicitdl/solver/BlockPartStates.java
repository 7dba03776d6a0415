package org.implicitdl.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** States by the blocks of a block operator, each an array of its own; blocks that are zero are never touched. */
final class BlockPartStates implements PartStates {
    private final BlockOperator a;
    private final Partition partition;
    private final INDArray input;
    private final INDArray[] states;

    BlockPartStates(BlockOperator a, INDArray input) {
        this.a = a;
        this.partition = a.rowBlocks();
        this.input = input;
        this.states = new INDArray[partition.count()];
    }

    @Override
    public LinearOperator diagonal(int[] blocks) {
        if (blocks.length == 1) {
            return a.block(blocks[0], blocks[0]);
        }
        List<List<LinearOperator>> rows = new ArrayList<>();
        for (int i : blocks) {
            rows.add(Arrays.stream(blocks).mapToObj(j -> a.block(i, j)).toList());
        }
        return BlockOperator.of(rows);
    }

    @Override
    public INDArray known(int[] blocks) {
        return join(Arrays.stream(blocks).mapToObj(i -> known(i, blocks)).toList());
    }

    private INDArray known(int i, int[] part) {
        INDArray sum = null;
        for (int j = 0; j < states.length; j++) {
            if (a.block(i, j).isZero()) {
                continue;
            }
            if (states[j] != null) {
                INDArray term = a.block(i, j).times(states[j]);
                sum = sum == null ? term : sum.addi(term);
            } else if (Arrays.binarySearch(part, j) < 0) {
                throw new IllegalArgumentException("The certificate is not that of this A: block (" + i + ", " + j
                        + ") must be zero, but is " + a.block(i, j) + "; certify this A.");
            }
        }
        return sum == null ? partition.part(input, i) : sum.addi(partition.part(input, i));
    }

    @Override
    public INDArray rows(int[] blocks, INDArray x) {
        return join(Arrays.stream(blocks).mapToObj(i -> partition.part(x, i)).toList());
    }

    @Override
    public void put(int[] blocks, INDArray state) {
        if (blocks.length == 1) {
            states[blocks[0]] = state;
            return;
        }
        Partition inner =
                Partition.of(Arrays.stream(blocks).map(partition::size).toArray());
        for (int k = 0; k < blocks.length; k++) {
            states[blocks[k]] = inner.part(state, k);
        }
    }

    @Override
    public INDArray join() {
        INDArray joined = Nd4j.create(input.dataType(), input.shape(), 'f');
        for (int i = 0; i < states.length; i++) {
            partition.part(joined, i).assign(states[i]);
        }
        return joined;
    }

    @Override
    public boolean coversMatrix() {
        return true;
    }

    private static INDArray join(List<INDArray> parts) {
        return parts.size() == 1 ? parts.get(0) : Nd4j.concat(0, parts.toArray(new INDArray[0]));
    }
}
