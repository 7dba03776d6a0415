package org.implicitdl.train.penalty;

import java.util.Objects;
import java.util.Optional;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.ColumnL1Ball;

/**
 * The constraint that the absolute values of each group sum to at most κ. Over rows it is ‖A‖∞ ≤ κ (5), which makes A
 * well-posed for κ below 1/L; over columns it is ‖A‖₁ ≤ κ; over all entries it is that of (12) and (13).
 *
 * <p>What {@link #prox} returns fulfils the constraint however its sums are rounded.
 *
 * @param groups what is summed
 * @param kappa the radius κ > 0
 */
public record L1Ball(Groups groups, double kappa) implements Penalty {

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public L1Ball {
        Objects.requireNonNull(groups, "groups");
        Arguments.positive("radius κ", kappa);
    }

    /** ‖W‖∞ ≤ κ. */
    public static L1Ball ofRows(double kappa) {
        return new L1Ball(Groups.ROWS, kappa);
    }

    /** ∑|wᵢⱼ| ≤ κ. */
    public static L1Ball ofAll(double kappa) {
        return new L1Ball(Groups.ALL, kappa);
    }

    /**
     * The ball that lies in both: the smaller one of two over the same groups; that over all entries, if its radius is not
     * the larger one. Otherwise neither holds the other, at least not in matrices of every size.
     */
    Optional<L1Ball> intersection(L1Ball other) {
        if (isWithin(other)) {
            return Optional.of(this);
        }
        return other.isWithin(this) ? Optional.of(other) : Optional.empty();
    }

    private boolean isWithin(L1Ball other) {
        return kappa <= other.kappa && (groups == other.groups || groups == Groups.ALL);
    }

    @Override
    public double value(Matrix w) {
        Matrix columns = groups.asColumns(w);
        for (int j = 0; j < columns.cols(); j++) {
            if (!(Entries.absoluteSum(columns.values(), j * columns.rows(), (j + 1) * columns.rows()) <= kappa)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return 0;
    }

    /** The exact projection of each group. */
    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        return groups.back(new ColumnL1Ball(kappa).project(groups.asColumns(w)), w.rows());
    }

    /** −κ sign(g) at the largest |g| of each group, and zero elsewhere. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        Arguments.finite(g);
        Matrix columns = groups.asColumns(g);
        Matrix vertex = Matrix.zeros(columns.rows(), columns.cols());
        for (int j = 0; j < columns.cols(); j++) {
            int largest = 0;
            for (int i = 1; i < columns.rows(); i++) {
                if (Math.abs(columns.get(i, j)) > Math.abs(columns.get(largest, j))) {
                    largest = i;
                }
            }
            if (columns.rows() > 0 && columns.get(largest, j) != 0) {
                vertex.set(largest, j, -Math.copySign(kappa, columns.get(largest, j)));
            }
        }
        return groups.back(vertex, g.rows());
    }

    @Override
    public boolean isMonotone() {
        return true;
    }

    @Override
    public String toString() {
        return "the ℓ₁ ball of radius " + kappa + " over " + groups;
    }
}
