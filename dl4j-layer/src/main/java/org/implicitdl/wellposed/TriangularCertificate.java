package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.FenchelActivation;

/**
 * A permutation makes A triangular, and every scalar equation xᵢ = φᵢ(aᵢᵢxᵢ + c) has exactly one solution: L aᵢᵢ < 1 if
 * φᵢ is nondecreasing (a negative aᵢᵢ does no harm), L|aᵢᵢ| < 1 otherwise, and nothing is asked of φᵢ where aᵢᵢ = 0.
 *
 * <p>The states are grouped in levels: a state depends on itself and on states of lower levels only. The margin is 1 −
 * max L aᵢᵢ⁺ (or L|aᵢᵢ|), which is 1 for a strictly triangular A.
 */
public final class TriangularCertificate implements Certificate {
    private final List<int[]> levels;
    private final double[] diagonal;
    private final double margin;
    private final boolean picardConverges;

    private TriangularCertificate(List<int[]> levels, double[] diagonal, double margin, boolean picardConverges) {
        this.levels = levels;
        this.diagonal = diagonal;
        this.margin = margin;
        this.picardConverges = picardConverges;
    }

    static TriangularCertificate of(List<int[]> levels, double[] diagonal, Activation phi) {
        return new TriangularCertificate(
                copy(levels), diagonal.clone(), 1 - largest(diagonal, phi, false), largest(diagonal, phi, true) < 1);
    }

    /** The largest Laᵢᵢ that matters for the scalar equations, or the largest L|aᵢᵢ|; 0 if the diagonal is zero. */
    static double largest(double[] diagonal, Activation phi, boolean absolute) {
        double largest = 0;
        ActivationTraits shared = phi instanceof FenchelActivation || phi instanceof DiagonalActivation
                ? ActivationTraits.of(phi, 1)
                : null;
        for (int i = 0; i < diagonal.length; i++) {
            if (diagonal[i] != 0) {
                ActivationTraits traits = shared != null ? shared : ActivationTraits.of(phi.slice(i, i + 1), 1);
                double entry = absolute || !traits.nondecreasing() ? Math.abs(diagonal[i]) : Math.max(0, diagonal[i]);
                largest = Math.max(largest, traits.amplify(entry));
                // A nondecreasing φ without a Lipschitz constant and aᵢᵢ < 0 still has one crossing if it is
                // continuous, which is not known here.
                if (traits.lipschitz() == Double.POSITIVE_INFINITY) {
                    largest = Double.POSITIVE_INFINITY;
                }
            }
        }
        return largest;
    }

    /** Whether the scalar equations of such a diagonal have exactly one solution each. */
    static boolean isWellPosed(double[] diagonal, Activation phi) {
        return largest(diagonal, phi, false) < 1 - Rounding.slack(1);
    }

    @Override
    public Condition condition() {
        return Condition.TRIANGULAR;
    }

    @Override
    public int states() {
        return diagonal.length;
    }

    @Override
    public double margin() {
        return margin;
    }

    /** The states by level, in the order in which they can be solved for; together a permutation. */
    public List<int[]> levels() {
        return copy(levels);
    }

    /** The diagonal of A, in A's own order. */
    public double[] diagonal() {
        return diagonal.clone();
    }

    /** Whether no state depends on any other, nor on itself: A = 0, and x = φ(b) for any φ whatever. */
    public boolean isZero() {
        return levels.size() == 1 && isStrict();
    }

    private boolean isStrict() {
        return IntStream.range(0, diagonal.length).allMatch(i -> diagonal[i] == 0);
    }

    @Override
    public boolean holdsFor(Activation phi) {
        return isZero() || (phi.isComponentwise() && isWellPosed(diagonal, phi));
    }

    @Override
    public boolean picardConverges() {
        return picardConverges;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The levels in reverse: Aᵀᵢⱼ = Aⱼᵢ ≠ 0 for i ≠ j says that j is of a higher level than i. The diagonal is the same.
     */
    @Override
    public TriangularCertificate transposed() {
        List<int[]> reversed = new ArrayList<>(levels);
        Collections.reverse(reversed);
        return new TriangularCertificate(List.copyOf(reversed), diagonal, margin, picardConverges);
    }

    @Override
    public String statement() {
        if (isZero()) {
            return condition() + ": A = 0; holds for every φ";
        }
        String shape = isStrict() ? "strictly triangular" : "triangular";
        return String.format(
                Locale.ROOT,
                "%s: A is %s in %d levels, margin %.6g; holds for every componentwise φ%s",
                condition(),
                shape,
                levels.size(),
                margin,
                isStrict()
                        ? ""
                        : " with Lipschitz constant L and La < 1 (L|a| < 1 if φ is not nondecreasing) for each diagonal"
                                + " entry a");
    }

    @Override
    public String toString() {
        return statement();
    }

    private static List<int[]> copy(List<int[]> levels) {
        List<int[]> copy = new ArrayList<>(levels.size());
        levels.forEach(level -> copy.add(level.clone()));
        return List.copyOf(copy);
    }
}
