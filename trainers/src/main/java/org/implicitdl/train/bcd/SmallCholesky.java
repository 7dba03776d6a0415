package org.implicitdl.train.bcd;

import java.util.Arrays;

/** One positive definite system of small order, solved in place in buffers that are used again for the next. */
public final class SmallCholesky {
    /** A pivot below this fraction of its diagonal entry is rounding. */
    private static final double ROUNDING = 1e-15;

    private final int order;
    private final double[] lower;
    private final double[] rightSide;

    /** A system of the given order. */
    public SmallCholesky(int order) {
        this.order = order;
        this.lower = new double[order * order];
        this.rightSide = new double[order];
    }

    /** The right side, which {@link #solve} replaces by the solution. */
    public double[] rightSide() {
        return rightSide;
    }

    /** Starts a new system with the matrix kI. */
    public void clear(double k) {
        Arrays.fill(lower, 0);
        for (int i = 0; i < order; i++) {
            lower[i * order + i] = k;
        }
    }

    /** Adds to the entry (i, j) of the lower triangle. */
    public void add(int i, int j, double value) {
        lower[i * order + j] += value;
    }

    /** Factors the matrix LLᵀ, keeping the reciprocals of L's diagonal, and solves. */
    public void solve() {
        for (int i = 0; i < order; i++) {
            int row = i * order;
            double diagonal = lower[row + i];
            for (int j = 0; j <= i; j++) {
                int other = j * order;
                double sum = lower[row + j];
                for (int l = 0; l < j; l++) {
                    sum -= lower[row + l] * lower[other + l];
                }
                lower[row + j] = i == j ? 1 / Math.sqrt(Math.max(sum, ROUNDING * diagonal)) : sum * lower[other + j];
            }
        }
        for (int i = 0; i < order; i++) {
            double sum = rightSide[i];
            for (int l = 0; l < i; l++) {
                sum -= lower[i * order + l] * rightSide[l];
            }
            rightSide[i] = sum * lower[i * order + i];
        }
        for (int i = order - 1; i >= 0; i--) {
            double sum = rightSide[i];
            for (int l = i + 1; l < order; l++) {
                sum -= lower[l * order + i] * rightSide[l];
            }
            rightSide[i] = sum * lower[i * order + i];
        }
    }
}
