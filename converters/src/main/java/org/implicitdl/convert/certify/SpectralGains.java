package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.ContractionCertificate;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.implicitdl.wellposed.WeightedNorm.Exponent;

/**
 * An ℓ₂ Lipschitz constant by spectral norms: ‖xᵢ − xᵢ'‖ ≤ tᵢ‖u − u'‖ with tᵢ = L(∑ⱼ‖Aᵢⱼ‖tⱼ + ‖Bᵢ‖) along the blocks, and
 * where blocks form a cycle, by what its certificate says of the equation. For a feedforward network it is the product
 * of the norms of its layers.
 */
final class SpectralGains {
    private final Structure structure;

    SpectralGains(Structure structure) {
        this.structure = structure;
    }

    /** A constant, or +∞ if none is found. */
    double lipschitz() {
        double[] t = new double[structure.blocks().count()];
        for (Structure.Part part : structure.parts()) {
            int[] blocks = part.blocks();
            double known = Math.sqrt(IntStream.of(blocks)
                    .mapToDouble(i -> Math.pow(known(i, t), 2))
                    .sum());
            double lipschitz = IntStream.of(blocks)
                    .mapToDouble(i -> structure.phi(i).lipschitz())
                    .max()
                    .orElseThrow();
            double gain = part.certificate()
                    .map(certificate -> resolvent(certificate, blocks, lipschitz))
                    .orElse(lipschitz);
            // The blocks of a cycle are bounded together; where they go on, each as if it had it all.
            for (int i : blocks) {
                t[i] = known == 0 ? 0 : gain * known;
            }
        }
        BlockOperator d = structure.d().matrix();
        double squares = IntStream.range(0, d.rowBlocks().count())
                .mapToDouble(k -> Math.pow(times(structure.c().matrix(), k, t) + SpectralBound.ofRow(d, k), 2))
                .sum();
        return Math.sqrt(squares) * (1 + Outward.sums(structure.blocks().count() + 8L));
    }

    private double known(int block, double[] t) {
        return times(structure.a().matrix(), block, t)
                + SpectralBound.ofRow(structure.b().matrix(), block);
    }

    private static double times(BlockOperator m, int row, double[] t) {
        return IntStream.range(0, t.length)
                .filter(j -> t[j] > 0 && !m.block(row, j).isZero())
                .mapToDouble(j -> SpectralBound.of(m.block(row, j)) * t[j])
                .sum();
    }

    /** A bound of ‖x − x'‖/‖v − v'‖ for x = φ(Ax + v). */
    private double resolvent(Certificate certificate, int[] blocks, double lipschitz) {
        double best = Double.POSITIVE_INFINITY;
        if (certificate instanceof ContractionCertificate contraction
                && contraction.norm().exponent() == Exponent.TWO) {
            double[] weights = contraction.norm().weights();
            double spread = Arrays.stream(weights).max().orElseThrow()
                    / Arrays.stream(weights).min().orElseThrow();
            best = spread * lipschitz / distance(contraction.rate());
        } else if (certificate instanceof MonotoneCertificate monotone) {
            best = monotone.lipschitz() / distance(monotone.lipschitz() * monotone.eigenvalue());
        }
        if (blocks.length == 1) {
            double norm = SpectralBound.of(structure.a().matrix().block(blocks[0], blocks[0]));
            if (lipschitz * norm < 1) {
                best = Math.min(best, lipschitz / distance(lipschitz * norm));
            }
        }
        return best;
    }

    private double distance(double rate) {
        return Math.max(0, 1 - rate - 4 * Outward.sums(structure.model().states()) * Math.abs(rate));
    }
}
