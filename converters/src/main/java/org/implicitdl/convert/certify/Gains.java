package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The matrix G = |C|(I − S|A|)⁻¹S|B| + |D| of the interval bound |ŷ − ŷ'| ≤ G|u − u'| (§5), applied and never formed. S
 * holds bounds of |φ'|: the Lipschitz constants of φ, or those on a box for each sample.
 */
final class Gains {
    private final Structure structure;
    private final List<Optional<INDArray>> slopes;

    private Gains(Structure structure, List<Optional<INDArray>> slopes) {
        this.structure = structure;
        this.slopes = slopes;
    }

    /** For all inputs whatever. */
    static Gains global(Structure structure) {
        return new Gains(
                structure,
                IntStream.range(0, structure.blocks().count())
                        .mapToObj(i -> Optional.<INDArray>empty())
                        .toList());
    }

    /** For the inputs of each sample's box: column j of what G is applied to belongs to sample j. */
    static Gains local(Structure structure, Enclosure enclosure) {
        return new Gains(
                structure,
                IntStream.range(0, structure.blocks().count())
                        .mapToObj(i -> structure
                                .phi(i)
                                .slopes(enclosure.preActivations().get(i)))
                        .toList());
    }

    /**
     * A bound on |φ(z) − φ(z')|, and on |φ'ᵀr|, for |z − z'| ≤ r.
     *
     * @throws UnboundedException if φ has no Lipschitz constant
     */
    static INDArray amplify(IntervalActivation phi, INDArray r, Optional<INDArray> slopes) {
        if (slopes.isPresent()) {
            return r.mul(slopes.get());
        }
        if (phi.lipschitz() == Double.POSITIVE_INFINITY) {
            throw new UnboundedException("An activation of the model has no Lipschitz constant, so that no bound holds"
                    + " for all inputs; bound the outputs on a box by interval propagation.");
        }
        INDArray reach =
                phi.isComponentwise() ? r : Nd4j.zeros(r.dataType(), r.shape()).addiRowVector(r.max(true, 0));
        return reach.mul(phi.lipschitz());
    }

    /** Whether every φ has a Lipschitz constant or a slope on its box. */
    boolean areFinite() {
        return IntStream.range(0, slopes.size())
                .allMatch(i -> slopes.get(i).isPresent()
                        || Double.isFinite(structure.phi(i).lipschitz()));
    }

    /** Gσ for nonnegative σ [p, m], rounded up. */
    INDArray times(INDArray sigma) {
        List<INDArray> inputs = parts(structure.b().matrix().colBlocks(), sigma);
        List<INDArray> e = states(inputs);
        Partition rows = structure.c().matrix().rowBlocks();
        return stack(IntStream.range(0, rows.count())
                .mapToObj(i -> sum(
                        structure.c().absRowTimes(i, e),
                        structure.d().absRowTimes(i, inputs),
                        rows.size(i),
                        sigma.size(1)))
                .toList());
    }

    /** (I − S|A|)⁻¹S|B|σ for nonnegative σ [p, m], rounded up: how far the states move. */
    INDArray states(INDArray sigma) {
        return stack(states(parts(structure.b().matrix().colBlocks(), sigma)));
    }

    private List<INDArray> states(List<INDArray> inputs) {
        List<INDArray> e = unknown();
        for (int k = 0; k < structure.parts().size(); k++) {
            List<INDArray> delta = IntStream.of(structure.parts().get(k).blocks())
                    .mapToObj(i -> sum(
                            structure.a().absRowTimes(i, e),
                            structure.b().absRowTimes(i, inputs),
                            structure.blocks().size(i),
                            inputs.get(0).size(1)))
                    .toList();
            put(k, delta, e, false);
        }
        return e;
    }

    /**
     * Bounds [p, m] on the derivatives of vᵀŷ by the inputs: at most Gᵀ|v|, and less where rows of C and D cancel in vᵀC
     * and vᵀD, which are formed with their signs. Rounded up.
     *
     * @param v V [q, m]
     */
    INDArray transposeTimes(INDArray v) {
        List<INDArray> outputs = parts(structure.c().matrix().rowBlocks(), v);
        return transposeTimes(
                v.size(1),
                i -> structure.c().transposedMagnitude(i, outputs),
                i -> structure.d().transposedMagnitude(i, outputs));
    }

    /** Gᵀw for nonnegative w [q, m], rounded up. */
    INDArray absTransposeTimes(INDArray w) {
        List<INDArray> outputs = parts(structure.c().matrix().rowBlocks(), w);
        return transposeTimes(
                w.size(1),
                i -> structure.c().absTransposedRowTimes(i, outputs),
                i -> structure.d().absTransposedRowTimes(i, outputs));
    }

    private INDArray transposeTimes(
            long samples, IntFunction<Optional<INDArray>> toStates, IntFunction<Optional<INDArray>> toInputs) {
        List<INDArray> mu = unknown();
        for (int k = structure.parts().size() - 1; k >= 0; k--) {
            int[] blocks = structure.parts().get(k).blocks();
            List<INDArray> lambda = IntStream.of(blocks)
                    .mapToObj(i -> sum(
                            structure.a().absTransposedRowTimes(i, mu),
                            toStates.apply(i),
                            structure.blocks().size(i),
                            samples))
                    .toList();
            put(k, lambda, mu, true);
        }
        Partition in = structure.b().matrix().colBlocks();
        return stack(IntStream.range(0, in.count())
                .mapToObj(i -> sum(structure.b().absTransposedRowTimes(i, mu), toInputs.apply(i), in.size(i), samples))
                .toList());
    }

    private void put(int part, List<INDArray> delta, List<INDArray> e, boolean transposed) {
        int[] blocks = structure.parts().get(part).blocks();
        if (structure.parts().get(part).isDirect()) {
            e.set(blocks[0], amplify(structure.phi(blocks[0]), delta.get(0), slopes.get(blocks[0])));
            return;
        }
        List<Optional<INDArray>> known =
                IntStream.of(blocks).mapToObj(slopes::get).toList();
        Optional<INDArray> joined = known.stream().allMatch(Optional::isPresent)
                ? Optional.of(stack(known.stream().map(Optional::orElseThrow).toList()))
                : Optional.empty();
        CyclicPart cycle = structure.cycle(part);
        cycle.putArray(
                transposed ? cycle.transposedSpread(stack(delta), joined) : cycle.spread(stack(delta), joined), e);
    }

    private List<INDArray> unknown() {
        return Arrays.asList(new INDArray[structure.blocks().count()]);
    }

    private static INDArray sum(Optional<INDArray> first, Optional<INDArray> second, int rows, long samples) {
        if (first.isPresent() && second.isPresent()) {
            return Outward.grow(first.get().addi(second.get()), 0x1p-50);
        }
        return first.or(() -> second).orElseGet(() -> Nd4j.zeros(DataType.DOUBLE, rows, samples));
    }

    static List<INDArray> parts(Partition partition, INDArray x) {
        return partition.split(x).stream().map(part -> part.dup('f')).toList();
    }

    static INDArray stack(List<INDArray> parts) {
        return parts.size() == 1 ? parts.get(0) : Nd4j.vstack(parts.toArray(INDArray[]::new));
    }
}
