package org.implicitdl.train.penalty;

import java.util.Optional;
import org.implicitdl.operator.Matrix;

/**
 * g(W) = h(W) + τ‖W‖₁ + ½ρ‖W‖²_F with zeros outside a mask, for one monotone h; without mask and norm, any h.
 *
 * <p>Its proximal point is prox_h(S(W/(1 + tρ), tτ/(1 + tρ)), t/(1 + tρ)) with the soft thresholding S of the masked W:
 * the prox of a monotone h changes no sign and leaves zeros zero, so that the subgradient which S chose stays one.
 *
 * @param ridge ρ
 * @param l1 τ
 * @param mask the free entries, or empty for all
 * @param core h
 */
record Combination(double ridge, double l1, Optional<SparsityMask> mask, Penalty core) implements Penalty {

    static Combination of(Penalty penalty) {
        if (penalty instanceof Combination combination) {
            return combination;
        } else if (penalty instanceof Ridge part) {
            return new Combination(part.weight(), 0, Optional.empty(), Penalty.none());
        } else if (penalty instanceof L1Norm part) {
            return new Combination(0, part.weight(), Optional.empty(), Penalty.none());
        } else if (penalty instanceof SparsityMask part) {
            return new Combination(0, 0, Optional.of(part), Penalty.none());
        }
        return new Combination(0, 0, Optional.empty(), penalty);
    }

    Combination with(Combination other) {
        Optional<SparsityMask> masks = mask.isEmpty()
                ? other.mask
                : mask.map(own -> other.mask.map(own::intersection).orElse(own));
        Penalty cores = sum(core, other.core);
        double ridges = ridge + other.ridge;
        Combination entrywise = new Combination(0, l1 + other.l1, masks, Penalty.none());
        if (cores.isMonotone()) {
            return new Combination(ridges, entrywise.l1, masks, cores);
        }
        return new Combination(ridges, 0, Optional.empty(), sum(entrywise.simplified(), cores));
    }

    private static Penalty sum(Penalty first, Penalty second) {
        return ExactSum.of(first, second).orElseGet(() -> AlternatingSum.of(first, second));
    }

    /** The only part, if there is but one. */
    Penalty simplified() {
        boolean isCore = ridge == 0 && l1 == 0 && mask.isEmpty();
        if (isCore) {
            return core;
        } else if (!(core instanceof NoPenalty)) {
            return this;
        } else if (ridge == 0 && l1 == 0) {
            return mask.orElseThrow();
        } else if (mask.isEmpty() && l1 == 0) {
            return new Ridge(ridge);
        }
        return mask.isEmpty() && ridge == 0 ? new L1Norm(l1) : this;
    }

    @Override
    public double value(Matrix w) {
        double entrywise = mask.map(m -> m.value(w)).orElse(0.0) + new L1Norm(l1).value(w) + new Ridge(ridge).value(w);
        return core.value(w) + entrywise;
    }

    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        double scale = 1 / (1 + step * ridge);
        return core.prox(Entries.shrunk(Entries.scaled(masked(w), scale), step * l1 * scale), step * scale);
    }

    /**
     * With a ridge ⟨G, V⟩ + g(V) is completed to a square, whose minimum is a proximal point; without one, the linear
     * minimizer of h against the soft thresholding of the masked G.
     */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        Arguments.finite(g);
        Matrix shrunk = Entries.shrunk(masked(g), l1);
        return ridge > 0 ? core.prox(Entries.scaled(shrunk, -1 / ridge), 1 / ridge) : core.linearMinimizer(shrunk);
    }

    private Matrix masked(Matrix w) {
        return mask.map(m -> m.masked(w)).orElse(w);
    }

    @Override
    public boolean isMonotone() {
        return core.isMonotone();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(core.toString());
        mask.ifPresent(m -> text.append(" and ").append(m));
        if (l1 > 0) {
            text.append(" and ").append(new L1Norm(l1));
        }
        if (ridge > 0) {
            text.append(" and ").append(new Ridge(ridge));
        }
        return text.toString();
    }
}
