package org.implicitdl.train.penalty;

import java.util.Objects;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.ColumnL1Ball;

/**
 * g(W) = τ∑ⱼ‖wⱼ‖_α over the groups wⱼ, which makes whole groups zero. Over the columns of B above D it is (19), which
 * selects features; over rows or columns of A and C it makes states superfluous (§6.2).
 *
 * @param groups rows or columns, or one norm of all entries
 * @param weight τ ≥ 0
 * @param alpha the norm within a group
 */
public record GroupNorm(Groups groups, double weight, Alpha alpha) implements Penalty {

    /** The exponent α of the norm within a group. */
    public enum Alpha {
        /** The Euclidean norm. */
        TWO,
        /** The largest absolute value. */
        INFINITY
    }

    /** @throws IllegalArgumentException if the weight is negative or not finite */
    public GroupNorm {
        Objects.requireNonNull(groups, "groups");
        Objects.requireNonNull(alpha, "alpha");
        Arguments.weight(weight);
    }

    /** (19) with α = 2. */
    public static GroupNorm ofColumns(double weight) {
        return new GroupNorm(Groups.COLUMNS, weight, Alpha.TWO);
    }

    /** The same over rows. */
    public static GroupNorm ofRows(double weight) {
        return new GroupNorm(Groups.ROWS, weight, Alpha.TWO);
    }

    @Override
    public double value(Matrix w) {
        Matrix columns = groups.asColumns(w);
        double sum = 0;
        for (int j = 0; j < columns.cols(); j++) {
            sum += norm(columns, j);
        }
        return weight * sum;
    }

    /**
     * wⱼ max(0, 1 − step τ/‖wⱼ‖) for α = 2; for α = ∞ what the projection of wⱼ onto the ℓ₁ ball of radius step τ leaves
     * (Moreau).
     */
    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        double threshold = step * weight;
        if (threshold == 0) {
            return w.copy();
        }
        Matrix columns = groups.asColumns(w);
        Matrix near = alpha == Alpha.TWO ? shortened(columns, threshold) : clipped(columns, threshold);
        return groups.back(near, w.rows());
    }

    private Matrix shortened(Matrix columns, double threshold) {
        Matrix near = columns.copy();
        for (int j = 0; j < columns.cols(); j++) {
            double norm = norm(columns, j);
            double factor = norm > threshold ? 1 - threshold / norm : 0;
            for (int i = 0; i < columns.rows(); i++) {
                near.set(i, j, factor * near.get(i, j));
            }
        }
        return near;
    }

    private static Matrix clipped(Matrix columns, double threshold) {
        Matrix near = new ColumnL1Ball(threshold).project(columns);
        for (int i = 0; i < near.values().length; i++) {
            near.values()[i] = columns.values()[i] - near.values()[i];
        }
        return near;
    }

    /** Refused: ⟨G, V⟩ + g(V) falls without end where the dual norm of a group of G exceeds τ. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw new UnboundedPenaltyException(this);
    }

    @Override
    public boolean isMonotone() {
        return true;
    }

    private double norm(Matrix columns, int j) {
        double largest = 0;
        double squares = 0;
        for (int i = 0; i < columns.rows(); i++) {
            double entry = columns.get(i, j);
            largest = Math.max(largest, Math.abs(entry));
            squares += entry * entry;
        }
        return alpha == Alpha.TWO ? Math.sqrt(squares) : largest;
    }

    @Override
    public String toString() {
        return "norms with α = " + (alpha == Alpha.TWO ? "2" : "∞") + " and weight " + weight + " over " + groups;
    }
}
