package org.implicitdl.activation;

import java.util.Arrays;
import java.util.List;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An activation map that is a different one on each of several consecutive blocks of the state, such as the φ of a
 * feedforward network (§2.2) or of a cascade (2.3).
 */
public final class BlockActivation implements SampledActivation {
    private final Partition partition;
    private final List<Activation> blocks;

    BlockActivation(Partition partition, List<Activation> blocks) {
        this.partition = partition;
        this.blocks = blocks;
    }

    /**
     * The map of consecutive blocks. Blocks that are block activations themselves are flattened, and neighbours that are
     * equal and act on each component alone become one block.
     *
     * @return a {@code BlockActivation}, or simply φ if all blocks are one and the same componentwise φ
     * @throws ShapeException if the numbers of blocks and of sizes differ, or a nested block has another size
     */
    public static Activation of(Partition partition, List<? extends Activation> blocks) {
        if (partition.count() != blocks.size()) {
            throw new ShapeException("A block activation takes one activation for each block, but there are "
                    + partition.count() + " blocks and " + blocks.size() + " activations.");
        }
        BlockRuns runs = new BlockRuns();
        for (int i = 0; i < blocks.size(); i++) {
            runs.add(blocks.get(i), partition.size(i));
        }
        return runs.join();
    }

    /**
     * The activation of a permuted state: new component i is old component {@code order[i]}.
     *
     * @param phi an activation; where it mixes the components of a block, the order must keep that block together
     * @param order a permutation of 0 … n−1
     * @return an activation π with π(z)ᵢ = φ(y)ₖ for k = order[i], where y is z in the old order
     * @throws IllegalArgumentException if the order is no permutation, or tears apart components that φ mixes
     */
    public static Activation permuted(Activation phi, int[] order) {
        requirePermutation(order);
        if (!(phi instanceof BlockActivation whole)) {
            if (!phi.isComponentwise() && !isConsecutive(order, 0, order.length)) {
                throw torn(phi, 0);
            }
            return phi;
        }
        whole.requireSize(order.length);
        BlockRuns runs = new BlockRuns();
        for (int i = 0; i < order.length; ) {
            int block = whole.partition.blockOf(order[i]);
            Activation activation = whole.block(block);
            int size = activation.isComponentwise() ? 1 : whole.partition.size(block);
            if (size > 1 && (order[i] != whole.partition.start(block) || !isConsecutive(order, i, size))) {
                throw torn(activation, whole.partition.start(block));
            }
            runs.add(whole.part(block, order[i], order[i] + size), size);
            i += size;
        }
        return runs.join();
    }

    /** How the state is divided into blocks. */
    public Partition partition() {
        return partition;
    }

    /** The activation of block i, counted from 0; never a block activation itself. */
    public Activation block(int i) {
        return blocks.get(i);
    }

    @Override
    public INDArray apply(INDArray z) {
        requireRows(z);
        INDArray result = Operands.resultFor(z);
        for (int i = 0; i < blocks.size(); i++) {
            partition.part(result, i).assign(block(i).apply(partition.part(z, i)));
        }
        return result;
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        requireRows(z);
        INDArray result = Operands.resultFor(z, v);
        for (int i = 0; i < blocks.size(); i++) {
            INDArray part = block(i).transposedJacobianTimes(partition.part(z, i), partition.part(v, i));
            partition.part(result, i).assign(part);
        }
        return result;
    }

    /** {@inheritDoc} The largest of the blocks'. */
    @Override
    public double lipschitz() {
        return blocks.stream().mapToDouble(Activation::lipschitz).max().orElseThrow();
    }

    @Override
    public boolean isComponentwise() {
        return blocks.stream().allMatch(Activation::isComponentwise);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ShapeException unless 0 ≤ from < to ≤ n
     */
    @Override
    public Activation slice(int from, int to) {
        if (from < 0 || from >= to || to > partition.total()) {
            throw new ShapeException("A slice of an activation of " + partition.total()
                    + " components lies within 0 to " + partition.total() + " and is not empty, but it goes from "
                    + from + " to " + to + ".");
        }
        BlockRuns runs = new BlockRuns();
        for (int i = partition.blockOf(from); i < partition.count() && partition.start(i) < to; i++) {
            int first = Math.max(from, partition.start(i));
            int end = Math.min(to, partition.end(i));
            if (!block(i).isComponentwise() && end - first < partition.size(i)) {
                throw new IllegalArgumentException("The slice " + from + " to " + to + " cuts the block " + block(i)
                        + " of components " + partition.start(i) + " to " + partition.end(i)
                        + ", which mixes them; take the block as a whole.");
            }
            runs.add(part(i, first, end), end - first);
        }
        return runs.join();
    }

    /** Components of block i alone: activations may have factors for each. Of a block that mixes them, all are taken. */
    private Activation part(int i, int from, int to) {
        int start = partition.start(i);
        return block(i).isComponentwise() ? block(i).slice(from - start, to - start) : block(i);
    }

    @Override
    public BlockActivation columns(int[] kept) {
        return new BlockActivation(
                partition,
                blocks.stream()
                        .map(block -> SampledActivation.columns(block, kept))
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockActivation that && partition.equals(that.partition) && blocks.equals(that.blocks);
    }

    @Override
    public int hashCode() {
        return 31 * partition.hashCode() + blocks.hashCode();
    }

    @Override
    public String toString() {
        return blocks + " on blocks of " + partition;
    }

    private void requireRows(INDArray z) {
        if (z.rank() != 2 || z.size(0) != partition.total()) {
            throw new ShapeException("An activation of blocks " + partition + " is applied to arrays ["
                    + partition.total() + ", samples], but the argument has the shape " + Arrays.toString(z.shape())
                    + ".");
        }
    }

    void requireSize(int size) {
        if (size != partition.total()) {
            throw new ShapeException("An activation of blocks " + partition + " has " + partition.total()
                    + " components, but " + size + " were given for it.");
        }
    }

    private static void requirePermutation(int[] order) {
        boolean[] seen = new boolean[order.length];
        for (int index : order) {
            if (index < 0 || index >= order.length || seen[index]) {
                throw new IllegalArgumentException("An order must hold each index from 0 to " + (order.length - 1)
                        + " once, but " + index + " is repeated or out of range.");
            }
            seen[index] = true;
        }
    }

    private static boolean isConsecutive(int[] order, int at, int size) {
        for (int i = 1; i < size; i++) {
            if (at + i >= order.length || order[at + i] != order[at] + i) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException torn(Activation activation, int start) {
        return new IllegalArgumentException("The order tears apart the components from " + start + " that " + activation
                + " mixes; keep them together and in their order.");
    }
}
