package org.implicitdl.solver;

import java.util.Arrays;

/** What Anderson's acceleration knows of one sample: the Gram matrix ΔFᵀΔF, and whether its steps do any good. */
final class AndersonHistory {
    private final double[][] gram;
    private int size;
    private int newest = -1;
    private boolean hasLast;
    private boolean mixed;

    /** The residual ‖f‖₂ that the next mixed state is measured by. */
    private double least = Double.POSITIVE_INFINITY;

    private int withoutGain;

    /** How many Picard steps are to come, and how many there will be the next time. */
    private int plain;

    private int penalty = 1;

    AndersonHistory(int depth) {
        this.gram = new double[depth][depth];
    }

    /** The number of differences that are kept, in the places from 0 on. */
    int size() {
        return size;
    }

    double least() {
        return least;
    }

    /** Whether the current state is a mixed one, and not a Picard step. */
    boolean isMixed() {
        return mixed;
    }

    boolean hasLast() {
        return hasLast;
    }

    void setLast() {
        hasLast = true;
    }

    /**
     * Notes the residual of a state from which the method goes on.
     *
     * @return whether it is the one to fall back to: a better one, or any that Picard has come to, whose ℓ₂ residual may
     *     grow although another norm of it shrinks
     */
    boolean accept(double distance, int patience) {
        if (!mixed || distance < least) {
            least = distance;
            withoutGain = 0;
            return true;
        }
        if (++withoutGain > patience) {
            delay();
        }
        return false;
    }

    /** Forgets all differences; the next state is a Picard step. */
    void fallBack() {
        size = 0;
        newest = -1;
        hasLast = false;
        mixed = false;
        delay();
    }

    private void delay() {
        plain = penalty;
        penalty = Math.min(2 * penalty, 1 << 20);
        withoutGain = 0;
    }

    /** The place of the next difference: that of the oldest if all are taken. */
    int advance() {
        newest = (newest + 1) % gram.length;
        size = Math.max(size, newest + 1);
        return newest;
    }

    /** Sets a row and a column of the Gram matrix. */
    void setProducts(int place, double[] products) {
        for (int i = 0; i < products.length; i++) {
            gram[place][i] = products[i];
            gram[i][place] = products[i];
        }
    }

    /** Whether the next state is mixed; if not, it is a Picard step. */
    boolean mixes() {
        mixed = plain == 0 && size > 0;
        plain = Math.max(0, plain - 1);
        return mixed;
    }

    /** γ with (ΔFᵀΔF + ρ tr(ΔFᵀΔF)I)γ = r, by Cholesky's method; zero if there is nothing but zeros. */
    double[] solve(double[] right, double ridge) {
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += gram[i][i];
        }
        double[] gamma = right.clone();
        double[][] factor = new double[size][];
        for (int i = 0; i < size; i++) {
            factor[i] = Arrays.copyOf(gram[i], i + 1);
            factor[i][i] += ridge * trace;
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < j; k++) {
                    factor[i][j] -= factor[i][k] * factor[j][k];
                }
                if (j < i) {
                    factor[i][j] /= factor[j][j];
                }
            }
            if (!(factor[i][i] > 0)) {
                return new double[size];
            }
            factor[i][i] = Math.sqrt(factor[i][i]);
            for (int k = 0; k < i; k++) {
                gamma[i] -= factor[i][k] * gamma[k];
            }
            gamma[i] /= factor[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                gamma[i] -= factor[k][i] * gamma[k];
            }
            gamma[i] /= factor[i][i];
        }
        return gamma;
    }
}
