package org.implicitdl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Partition;

/** The φ of a state in blocks: cut along them, and joined. */
final class StateActivation {
    private StateActivation() {}

    /** The activation of each block, or empty if φ mixes components of different blocks. */
    static Optional<List<Activation>> slices(Activation phi, Partition blocks) {
        if (blocks.count() == 1) {
            return Optional.of(List.of(single(phi)));
        }
        List<Activation> slices = new ArrayList<>();
        for (int i = 0; i < blocks.count(); i++) {
            try {
                slices.add(single(phi.slice(blocks.start(i), blocks.end(i))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(slices));
    }

    private static Activation single(Activation phi) {
        return phi instanceof BlockActivation block && block.partition().count() == 1 ? block.block(0) : phi;
    }

    /** φ(x₁, x₂) = (φ₁(x₁), φ₂(x₂)). */
    static Activation join(ImplicitModel first, ImplicitModel second) {
        return BlockActivation.of(Partition.of(first.states(), second.states()), List.of(first.phi(), second.phi()));
    }

    /** Whether φ(tz) = tφ(z) for t > 0 is known of every component. */
    static boolean isPositivelyHomogeneous(Activation phi) {
        if (phi instanceof BlockActivation blocks) {
            return IntStream.range(0, blocks.partition().count())
                    .mapToObj(blocks::block)
                    .allMatch(StateActivation::isPositivelyHomogeneous);
        }
        return phi instanceof FenchelActivation fenchel && fenchel.isPositivelyHomogeneous();
    }
}
