package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Partition;

/**
 * Theorem 1: the states fall into parts, each of which depends on itself and on earlier parts only, and the diagonal
 * block of every part has a certificate of its own. Then A is well-posed, and the equation is solved part by part.
 *
 * <p>The condition is {@link Condition#TRIANGULAR} if that of every part is, {@link Condition#BLOCK_TRIANGULAR}
 * otherwise; the margin is the smallest of the parts.
 *
 * @param partition the blocks of states that the parts are made of: those of a block operator, or single states
 * @param parts the parts, in the order in which they can be solved for; together they hold every block once
 */
public record CompositionCertificate(Partition partition, List<Part> parts) implements Certificate {

    /**
     * A set of blocks that depend on each other.
     *
     * @param blocks their numbers in the partition, in increasing order
     * @param certificate that of the diagonal block of A which they form
     */
    public record Part(int[] blocks, Certificate certificate) {
        /** Copies the array. */
        public Part {
            blocks = blocks.clone();
        }

        /** The numbers of the blocks, as a copy. */
        @Override
        public int[] blocks() {
            return blocks.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Part that
                    && Arrays.equals(blocks, that.blocks)
                    && certificate.equals(that.certificate);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(blocks) + certificate.hashCode();
        }
    }

    /** Copies the list. */
    public CompositionCertificate {
        parts = List.copyOf(parts);
    }

    @Override
    public Condition condition() {
        return parts.stream().allMatch(part -> part.certificate().condition() == Condition.TRIANGULAR)
                ? Condition.TRIANGULAR
                : Condition.BLOCK_TRIANGULAR;
    }

    @Override
    public int states() {
        return partition.total();
    }

    @Override
    public double margin() {
        return parts.stream()
                .mapToDouble(part -> part.certificate().margin())
                .min()
                .orElse(1);
    }

    @Override
    public boolean holdsFor(Activation phi) {
        return RestrictedActivation.divides(phi, partition)
                && parts.stream()
                        .allMatch(part ->
                                part.certificate().holdsFor(RestrictedActivation.of(phi, partition, part.blocks())));
    }

    @Override
    public boolean picardConverges() {
        return parts.stream().allMatch(part -> part.certificate().picardConverges());
    }

    /**
     * {@inheritDoc}
     *
     * <p>The parts in reverse, each with the certificate of its own transposed diagonal block: what depended on a part in A
     * is what the part depends on in Aᵀ.
     */
    @Override
    public CompositionCertificate transposed() {
        List<Part> reversed = new ArrayList<>();
        for (Part part : parts) {
            reversed.add(0, new Part(part.blocks(), part.certificate().transposed()));
        }
        return new CompositionCertificate(partition, reversed);
    }

    @Override
    public String statement() {
        String found = parts.stream()
                .collect(Collectors.groupingBy(
                        part -> part.certificate().condition(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " by " + entry.getKey())
                .collect(Collectors.joining(", "));
        Certificate weakest = parts.stream()
                .map(Part::certificate)
                .min(Comparator.comparingDouble(Certificate::margin))
                .orElseThrow();
        return condition() + ": A is block triangular with " + parts.size() + " diagonal blocks, certified " + found
                + "; the weakest: " + weakest.statement();
    }

    @Override
    public String toString() {
        return statement();
    }
}
