package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Theorem 1, applied as often as it goes: A is divided into strongly connected components, first of its blocks, whose
 * zeros are never expanded, then of single states. Triangular parts certify themselves; the rest is left to another
 * test. Since every other condition holds for the diagonal blocks of a matrix if it holds for the matrix, nothing is
 * lost by dividing.
 *
 * <p>A φ that mixes components is divided along the blocks of a block operator only, and only if it acts on each alone.
 */
final class CompositionCriterion implements Criterion {
    /** The order up to which the zeros of single entries are looked for. */
    private static final int ENTRY_LIMIT = 8192;

    private final Condition condition;
    private final Criterion irreducible;

    /**
     * @param condition the condition to name where nothing is found
     * @param irreducible certifies what cannot be divided
     */
    CompositionCriterion(Condition condition, Criterion irreducible) {
        this.condition = condition;
        this.irreducible = irreducible;
    }

    @Override
    public Finding test(LinearOperator a, Activation phi) {
        if (a instanceof ZeroOperator || a instanceof IdentityOperator || a instanceof DiagonalOperator) {
            return diagonal(a, phi);
        }
        if (a instanceof BlockOperator blocks
                && blocks.rowBlocks().equals(blocks.colBlocks())
                && RestrictedActivation.divides(phi, blocks.rowBlocks())) {
            List<int[]> components = Pattern.components(blocks);
            if (components.size() > 1) {
                return compose(blocks.rowBlocks(), components, phi, part -> Pattern.diagonalBlock(blocks, part));
            }
            if (blocks.rowBlocks().count() == 1) {
                return test(blocks.block(0, 0), phi);
            }
        }
        return a.rows() <= ENTRY_LIMIT ? entries(a, phi) : irreducible.test(a, phi);
    }

    private Finding diagonal(LinearOperator a, Activation phi) {
        double[] diagonal = a.times(Nd4j.ones(DataType.DOUBLE, a.rows(), 1))
                .reshape(a.rows())
                .toDoubleVector();
        List<int[]> level = List.of(IntStream.range(0, a.rows()).toArray());
        return triangular(level, diagonal, a, phi);
    }

    private Finding entries(LinearOperator a, Activation phi) {
        Matrix entries = Matrix.copyOf(a);
        if (!phi.isComponentwise() && entries.maxAbs() > 0) {
            return irreducible.test(a, phi);
        }
        List<int[]> components = Pattern.components(entries);
        if (components.size() == a.rows()) {
            int[] order = components.stream().mapToInt(single -> single[0]).toArray();
            double[] diagonal = IntStream.range(0, a.rows())
                    .mapToDouble(i -> entries.get(i, i))
                    .toArray();
            return triangular(Pattern.levels(entries, order), diagonal, a, phi);
        }
        if (components.size() == 1) {
            return irreducible.test(a, phi);
        }
        int[] singles = new int[a.rows()];
        Arrays.fill(singles, 1);
        return compose(
                Partition.of(singles),
                Pattern.joinSingles(components),
                phi,
                part -> DenseOperator.copyOf(
                        Pattern.diagonalBlock(entries, part).toArray(DataType.DOUBLE)));
    }

    private Finding triangular(List<int[]> levels, double[] diagonal, LinearOperator a, Activation phi) {
        boolean zero = levels.size() == 1 && Arrays.stream(diagonal).allMatch(entry -> entry == 0);
        if (!zero && !phi.isComponentwise()) {
            return irreducible.test(a, phi);
        }
        if (TriangularCertificate.isWellPosed(diagonal, phi)) {
            return Finding.of(TriangularCertificate.of(levels, diagonal, phi));
        }
        return Finding.none(
                condition,
                "the largest L·aᵢᵢ (L·|aᵢᵢ| where φ is not nondecreasing) of a scalar equation is "
                        + TriangularCertificate.largest(diagonal, phi, false) + ", but must be below 1");
    }

    private interface DiagonalBlock {
        LinearOperator of(int[] part);
    }

    private Finding compose(Partition partition, List<int[]> components, Activation phi, DiagonalBlock block) {
        List<CompositionCertificate.Part> parts = new ArrayList<>();
        for (int[] component : components) {
            Finding finding = test(block.of(component), RestrictedActivation.of(phi, partition, component));
            if (finding.certificate().isEmpty()) {
                return Finding.none(condition, describe(component) + ": " + finding.reason());
            }
            parts.add(new CompositionCertificate.Part(
                    component, finding.certificate().get()));
        }
        return Finding.of(new CompositionCertificate(partition, parts));
    }

    private static String describe(int[] component) {
        return "diagonal block " + component[0]
                + (component.length == 1
                        ? ""
                        : " … " + component[component.length - 1] + " (" + component.length + " that form a cycle)");
    }
}
