package org.implicitdl.train.equilibrium;

import java.util.Arrays;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;

/**
 * x = φ(Ax + b) for one sample after the other by Newton's method, and the equations of the derivatives, all over the
 * states with φ' ≠ 0 alone: with ReLU these are half of them, and an eighth of the work.
 */
final class SampleEquation {
    private static final int STEPS = 30;
    /** Picard steps where Newton's method jumps to and fro between the pieces of φ. */
    private static final int ITERATIONS = 2000;

    private final int n;
    private final double[] a;
    private final FenchelActivation phi;
    private final double[] z;
    private final double[] slopes;
    private final double[] rest;
    private final int[] active;
    private final SmallLu lu;

    SampleEquation(Matrix a, FenchelActivation phi) {
        this.n = a.rows();
        this.a = a.transpose().values();
        this.phi = phi;
        this.z = new double[n];
        this.slopes = new double[n];
        this.rest = new double[n];
        this.active = new int[n];
        this.lu = new SmallLu(n);
    }

    /**
     * Replaces a start by the solution.
     *
     * @param b holds Bu at the offset
     * @param x holds the start at the offset
     * @param derivatives receives φ'(Ax + b) at the offset
     * @return false if none was found
     */
    boolean solve(double[] b, double[] x, double[] derivatives, int offset, double tolerance) {
        for (int k = 0; k < STEPS + ITERATIONS; k++) {
            double scale = residual(b, x, offset);
            double largest = 0;
            for (int i = 0; i < n; i++) {
                largest = Math.max(largest, Math.abs(rest[i]));
            }
            if (!(largest < Double.MAX_VALUE)) {
                return false;
            }
            if (largest <= tolerance * scale) {
                System.arraycopy(slopes, 0, derivatives, offset, n);
                return true;
            }
            if (k < STEPS && !newton()) {
                return false;
            }
            for (int i = 0; i < n; i++) {
                x[offset + i] += rest[i];
            }
        }
        return false;
    }

    /** Leaves φ(z) − x in {@code rest}, and returns the largest |x|. */
    private double residual(double[] b, double[] x, int offset) {
        double scale = 0;
        for (int i = 0; i < n; i++) {
            double sum = b[offset + i];
            for (int j = 0; j < n; j++) {
                sum += a[i * n + j] * x[offset + j];
            }
            z[i] = sum;
            slopes[i] = phi.derivative(sum);
            rest[i] = phi.value(sum) - x[offset + i];
            scale = Math.max(scale, Math.max(Math.abs(x[offset + i]), Math.abs(rest[i])));
        }
        return scale;
    }

    /** (I − DA)δ = r, in place of r. */
    private boolean newton() {
        int count = factor(slopes, 0);
        if (count < 0) {
            return false;
        }
        double[] right = lu.rightSide();
        for (int k = 0; k < count; k++) {
            int i = active[k];
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += slopes[j] == 0 ? a[i * n + j] * rest[j] : 0;
            }
            right[k] = rest[i] + slopes[i] * sum;
        }
        lu.solve();
        for (int k = 0; k < count; k++) {
            rest[active[k]] = right[k];
        }
        return true;
    }

    /**
     * T = φ'∘(AT + F) for one sample.
     *
     * @param derivatives φ' at the offset
     * @param forcing F at the offset
     * @param t receives T at the offset
     */
    void tangent(double[] derivatives, double[] forcing, double[] t, int offset) {
        int count = factor(derivatives, offset);
        double[] right = lu.rightSide();
        for (int k = 0; k < count; k++) {
            int i = offset + active[k];
            right[k] = derivatives[i] * forcing[i];
        }
        lu.solve();
        Arrays.fill(t, offset, offset + n, 0);
        for (int k = 0; k < count; k++) {
            t[offset + active[k]] = right[k];
        }
    }

    /**
     * V = φ'∘(AᵀV + F) for one sample.
     *
     * @param derivatives φ' at the offset
     * @param forcing F at the offset
     * @param v receives V at the offset
     */
    void adjoint(double[] derivatives, double[] forcing, double[] v, int offset) {
        int count = factor(derivatives, offset);
        double[] right = lu.rightSide();
        for (int k = 0; k < count; k++) {
            right[k] = forcing[offset + active[k]];
        }
        lu.solveTransposed();
        Arrays.fill(v, offset, offset + n, 0);
        for (int k = 0; k < count; k++) {
            int i = offset + active[k];
            v[i] = derivatives[i] * right[k];
        }
    }

    /** The factors of I − DA over the active states; returns their number, or −1 if it is singular. */
    private int factor(double[] derivatives, int offset) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (derivatives[offset + i] != 0) {
                active[count++] = i;
            }
        }
        double[] matrix = lu.matrix(count);
        for (int k = 0; k < count; k++) {
            int row = active[k] * n;
            double slope = derivatives[offset + active[k]];
            for (int l = 0; l < count; l++) {
                matrix[k * count + l] = (k == l ? 1 : 0) - slope * a[row + active[l]];
            }
        }
        return lu.factor() ? count : -1;
    }
}
