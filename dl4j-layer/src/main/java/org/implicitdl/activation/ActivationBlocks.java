package org.implicitdl.activation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An activation of DL4J that is a different one on each of several consecutive blocks of columns: the counterpart of
 * {@link BlockActivation} where samples are rows, for layers whose state has blocks. Configurations hold it like any
 * other activation.
 *
 * @param sizes the number of columns of each block
 * @param activations the activation of each block, which must not have parameters
 */
public record ActivationBlocks(
        @JsonProperty("sizes") List<Integer> sizes,
        @JsonProperty("activations") List<IActivation> activations) implements IActivation {

    /**
     * Copies the lists.
     *
     * @throws ShapeException if there is no block, a size is not positive, or the numbers of sizes and activations differ
     */
    public ActivationBlocks {
        sizes = List.copyOf(sizes);
        activations = List.copyOf(activations);
        if (sizes.size() != activations.size()) {
            throw new ShapeException("Blocks of activations take one activation for each size, but there are "
                    + sizes.size() + " sizes and " + activations.size() + " activations.");
        }
        Partition.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The activation of DL4J that is a given map of states.
     *
     * @param phi the map, each block of which must be one of DL4J's own
     * @return an {@code ActivationBlocks}, or an activation of DL4J if there is one block
     * @throws IllegalArgumentException if DL4J has no activation for a block, such as a pooling
     */
    public static IActivation of(Activation phi) {
        if (!(phi instanceof BlockActivation block)) {
            return Nd4jForms.of(phi);
        }
        List<Integer> sizes = new ArrayList<>();
        List<IActivation> activations = new ArrayList<>();
        for (int i = 0; i < block.partition().count(); i++) {
            sizes.add(block.partition().size(i));
            activations.add(Nd4jForms.of(block.block(i)));
        }
        return new ActivationBlocks(sizes, activations);
    }

    /** The map of states that this is. */
    Activation toMap() {
        return BlockActivation.of(
                partition(), activations.stream().map(Activations::of).toList());
    }

    private Partition partition() {
        return Partition.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * In place, as all of DL4J's.
     *
     * @param in [m, n]
     * @throws ShapeException if n is not the sum of the sizes
     */
    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        Partition blocks = partitionOf(in);
        for (int i = 0; i < activations.size(); i++) {
            INDArray part = columns(in, blocks, i);
            part.assign(activations.get(i).getActivation(part.dup(), training));
        }
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        Partition blocks = partitionOf(in);
        for (int i = 0; i < activations.size(); i++) {
            INDArray part = columns(in, blocks, i);
            INDArray gradient = activations
                    .get(i)
                    .backprop(part.dup(), columns(epsilon, blocks, i).dup())
                    .getFirst();
            part.assign(gradient);
        }
        return new Pair<>(in, null);
    }

    private Partition partitionOf(INDArray in) {
        Partition blocks = partition();
        if (in.rank() != 2 || in.size(1) != blocks.total()) {
            throw new ShapeException("An activation of blocks " + blocks + " is applied to arrays [samples, "
                    + blocks.total() + "], but the argument has the shape " + Arrays.toString(in.shape())
                    + ".");
        }
        return blocks;
    }

    private static INDArray columns(INDArray in, Partition blocks, int i) {
        return in.get(NDArrayIndex.all(), NDArrayIndex.interval(blocks.start(i), blocks.end(i)));
    }

    @Override
    public int numParams(int inputSize) {
        return 0;
    }

    @Override
    public String toString() {
        return activations + " on blocks of " + sizes;
    }
}
