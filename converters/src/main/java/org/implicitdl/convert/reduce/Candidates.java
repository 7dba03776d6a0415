package org.implicitdl.convert.reduce;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.SparseRow;

/** The states that are constant or linear within bounds, with the row of M that each is equal to, and why. */
final class Candidates {
    private final SparseRow[] rows;
    private final String[] reasons;
    private final boolean[] constant;

    private Candidates(SparseRow[] rows, String[] reasons, boolean[] constant) {
        this.rows = rows;
        this.reasons = reasons;
        this.constant = constant;
    }

    static Candidates of(SparseModel model, StateBounds bounds) {
        int n = model.states();
        Candidates found = new Candidates(new SparseRow[n], new String[n], new boolean[n]);
        for (int i = 0; i < n; i++) {
            if (model.maps().at(i) instanceof FenchelActivation phi) {
                found.classify(model, i, phi, bounds.zLow(i), bounds.zHigh(i));
            }
        }
        return found;
    }

    private void classify(SparseModel model, int i, FenchelActivation phi, double low, double high) {
        String range = String.format(Locale.ROOT, "its z lies in [%.4g, %.4g], where %s is ", low, high, phi);
        double value = phi.value(low);
        if (Double.isFinite(value) && value == phi.value(high)) {
            constant[i] = true;
            rows[i] = SparseRow.of(model.constant(), value);
            reasons[i] = range + "constant";
            return;
        }
        OptionalDouble slope = slope(phi, low, high);
        if (slope.isPresent()) {
            rows[i] = SparseRow.of(model.matrix(), i).times(slope.getAsDouble());
            reasons[i] = range + "linear";
        }
    }

    /** The s with φ(z) = sz on an interval, if there is one. */
    private static OptionalDouble slope(FenchelActivation phi, double low, double high) {
        if (phi.isProjection() && low >= phi.lowerBound() && high <= phi.upperBound()) {
            return OptionalDouble.of(1);
        }
        if (!phi.isPositivelyHomogeneous()) {
            return OptionalDouble.empty();
        }
        double above = phi.value(1);
        double below = -phi.value(-1);
        if (low >= 0 || above == below) {
            return OptionalDouble.of(above);
        }
        return high <= 0 ? OptionalDouble.of(below) : OptionalDouble.empty();
    }

    /** A state is constant, rather than linear. */
    boolean isConstant(int i) {
        return constant[i];
    }

    /** For each state, the row that it is equal to, which may hold other candidates; null for the other states. */
    SparseRow[] rows() {
        return rows.clone();
    }

    /** For each candidate, why it is one. */
    String[] reasons() {
        return reasons.clone();
    }

    /** The candidates of which a condition holds. */
    Candidates filter(IntPredicate condition) {
        SparseRow[] some = rows.clone();
        Arrays.setAll(some, i -> condition.test(i) ? rows[i] : null);
        return new Candidates(some, reasons, constant);
    }
}
