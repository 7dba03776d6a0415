package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.activation.SampledActivation;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The map that φ is on some blocks of the states, which need not lie side by side. */
public final class RestrictedActivation implements SampledActivation {
    private final Partition partition;
    private final List<Activation> pieces;

    private RestrictedActivation(Partition partition, List<Activation> pieces) {
        this.partition = partition;
        this.pieces = pieces;
    }

    /**
     * φ on some blocks of a partition, one after the other.
     *
     * @param blocks the numbers of the blocks, at least one
     * @throws IllegalArgumentException if φ mixes these blocks with others
     */
    public static Activation of(Activation phi, Partition partition, int... blocks) {
        if (phi instanceof FenchelActivation) {
            return phi;
        }
        List<Activation> pieces = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int k = 0; k < blocks.length; ) {
            int first = k;
            while (++k < blocks.length && blocks[k] == blocks[k - 1] + 1) {
                // Neighbours are taken together: φ may mix them, and one call is faster than several.
            }
            int from = partition.start(blocks[first]);
            int to = partition.end(blocks[k - 1]);
            append(pieces, sizes, phi.slice(from, to), to - from);
        }
        return join(pieces, sizes);
    }

    /** Whether φ acts on every block of a partition alone. */
    static boolean divides(Activation phi, Partition partition) {
        if (phi.isComponentwise()) {
            return true;
        }
        try {
            for (int i = 0; i < partition.count(); i++) {
                phi.slice(partition.start(i), partition.end(i));
            }
            return true;
        } catch (IllegalArgumentException mixesBlocks) {
            return false;
        }
    }

    private static void append(List<Activation> pieces, List<Integer> sizes, Activation piece, int size) {
        int last = pieces.size() - 1;
        if (last >= 0 && piece instanceof FenchelActivation && pieces.get(last).equals(piece)) {
            sizes.set(last, sizes.get(last) + size);
        } else {
            pieces.add(piece);
            sizes.add(size);
        }
    }

    private static Activation join(List<Activation> pieces, List<Integer> sizes) {
        return pieces.size() == 1
                ? pieces.get(0)
                : new RestrictedActivation(
                        Partition.of(sizes.stream().mapToInt(Integer::intValue).toArray()), List.copyOf(pieces));
    }

    @Override
    public INDArray apply(INDArray z) {
        return map(z, (i, rows) -> pieces.get(i).apply(rows));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return map(z, (i, rows) -> pieces.get(i).transposedJacobianTimes(rows, partition.part(v, i)));
    }

    private INDArray map(INDArray z, BiFunction<Integer, INDArray, INDArray> piece) {
        INDArray result = Nd4j.create(z.dataType(), z.shape(), 'f');
        for (int i = 0; i < partition.count(); i++) {
            partition.part(result, i).assign(piece.apply(i, partition.part(z, i)));
        }
        return result;
    }

    @Override
    public double lipschitz() {
        return pieces.stream().mapToDouble(Activation::lipschitz).max().orElseThrow();
    }

    @Override
    public boolean isComponentwise() {
        return pieces.stream().allMatch(Activation::isComponentwise);
    }

    @Override
    public Activation slice(int from, int to) {
        List<Activation> parts = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int i = partition.blockOf(from); i <= partition.blockOf(to - 1); i++) {
            int start = Math.max(from, partition.start(i));
            int end = Math.min(to, partition.end(i));
            append(
                    parts,
                    sizes,
                    pieces.get(i).slice(start - partition.start(i), end - partition.start(i)),
                    end - start);
        }
        return join(parts, sizes);
    }

    @Override
    public RestrictedActivation columns(int[] kept) {
        return new RestrictedActivation(
                partition,
                pieces.stream()
                        .map(piece -> SampledActivation.columns(piece, kept))
                        .toList());
    }

    @Override
    public String toString() {
        return pieces + " on " + partition;
    }
}
