package org.implicitdl.solver;

import org.implicitdl.operator.Matrix;

/**
 * The restarted generalized minimal residual method for (I − M)x = b, where M is known by its products only (Saad and
 * Schultz, GMRES: a generalized minimal residual algorithm for solving nonsymmetric linear systems, 1986): Arnoldi's
 * basis by the modified Gram–Schmidt method, Givens rotations for the least squares.
 */
public final class Gmres {
    private static final Gmres DEFAULTS = new Gmres(1e-10, 40, 400);

    private final double tolerance;
    private final int restart;
    private final int limit;

    private Gmres(double tolerance, int restart, int limit) {
        this.tolerance = tolerance;
        this.restart = restart;
        this.limit = limit;
    }

    /** A linear map of vectors. */
    public interface LinearMap {
        /** The product Mx, as a new array. */
        double[] times(double[] x);
    }

    /**
     * What was found.
     *
     * @param x the approximate solution
     * @param residual ‖b − (I − M)x‖₂/‖b‖₂, by one product at the end
     * @param products how many products with M were taken
     */
    public record Solution(double[] x, double residual, int products) {}

    /** A relative residual of 1e-10, restarts after 40 products, 400 products at most. */
    public static Gmres withDefaults() {
        return DEFAULTS;
    }

    /**
     * The same method with another relative residual to reach.
     *
     * @throws IllegalArgumentException unless it lies between 0 and 1
     */
    public Gmres withTolerance(double tolerance) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "The relative residual of GMRES must lie between 0 and 1, but is " + tolerance + "; try 1e-10.");
        }
        return new Gmres(tolerance, restart, limit);
    }

    /**
     * The same method with other limits.
     *
     * @param restart after how many products it starts anew; so many vectors are kept
     * @param limit the largest number of products before the last
     * @throws IllegalArgumentException unless 1 ≤ restart ≤ limit
     */
    public Gmres withLimits(int restart, int limit) {
        if (restart < 1 || limit < restart) {
            throw new IllegalArgumentException("GMRES restarts after at least 1 and at most as many products as its"
                    + " limit, but the numbers are " + restart + " and " + limit + ".");
        }
        return new Gmres(tolerance, restart, limit);
    }

    /** Solves the system from x = 0; the residual tells how well. */
    public Solution solve(LinearMap m, double[] b) {
        double[] x = new double[b.length];
        double size = norm(b);
        if (size == 0) {
            return new Solution(x, 0, 0);
        }
        double[] residual = b.clone();
        int products = 0;
        double before = Double.POSITIVE_INFINITY;
        double now = size;
        // A cycle that gains nothing will gain nothing the next time either.
        while (now > tolerance * size && now < 0.999 * before && products < limit) {
            Arnoldi cycle = new Arnoldi(residual, now, Math.min(restart, limit - products));
            products += cycle.run(m, 0.5 * tolerance * size) + 1;
            cycle.addTo(x);
            double[] image = m.times(x);
            for (int i = 0; i < b.length; i++) {
                residual[i] = b[i] - x[i] + image[i];
            }
            before = now;
            now = norm(residual);
        }
        return new Solution(x, now / size, products);
    }

    private static double norm(double[] x) {
        return new Matrix(x.length, 1, x).frobeniusNorm();
    }

    /** One cycle: the basis, and the triangle that Givens rotations make of its Hessenberg matrix. */
    private static final class Arnoldi {
        private final double[][] basis;
        private final double[][] triangle;
        private final double[] cosines;
        private final double[] sines;
        private final double[] right;
        private int size;

        Arnoldi(double[] residual, double norm, int depth) {
            basis = new double[depth + 1][];
            triangle = new double[depth][];
            cosines = new double[depth];
            sines = new double[depth];
            right = new double[depth + 1];
            right[0] = norm;
            basis[0] = scaled(residual, 1 / norm);
        }

        /** Builds the basis until the residual is small or the basis is full, and returns the number of products. */
        int run(LinearMap m, double goal) {
            while (size < triangle.length && Math.abs(right[size]) > goal) {
                double[] w = m.times(basis[size]);
                for (int i = 0; i < w.length; i++) {
                    w[i] = basis[size][i] - w[i];
                }
                double[] column = orthogonalize(w);
                double rest = norm(w);
                rotate(column, rest);
                triangle[size++] = column;
                if (rest == 0 || !Double.isFinite(rest)) {
                    break;
                }
                basis[size] = scaled(w, 1 / rest);
            }
            return size;
        }

        private double[] orthogonalize(double[] w) {
            double[] column = new double[size + 1];
            for (int k = 0; k <= size; k++) {
                for (int i = 0; i < w.length; i++) {
                    column[k] += basis[k][i] * w[i];
                }
                for (int i = 0; i < w.length; i++) {
                    w[i] -= column[k] * basis[k][i];
                }
            }
            return column;
        }

        private void rotate(double[] column, double rest) {
            for (int k = 0; k < size; k++) {
                double upper = cosines[k] * column[k] + sines[k] * column[k + 1];
                column[k + 1] = cosines[k] * column[k + 1] - sines[k] * column[k];
                column[k] = upper;
            }
            double radius = Math.hypot(column[size], rest);
            cosines[size] = radius == 0 ? 1 : column[size] / radius;
            sines[size] = radius == 0 ? 0 : rest / radius;
            column[size] = radius;
            right[size + 1] = -sines[size] * right[size];
            right[size] *= cosines[size];
        }

        /** Adds the combination of the basis of least residual. */
        void addTo(double[] x) {
            double[] y = new double[size];
            for (int k = size - 1; k >= 0; k--) {
                y[k] = right[k];
                for (int i = k + 1; i < size; i++) {
                    y[k] -= triangle[i][k] * y[i];
                }
                y[k] = triangle[k][k] == 0 ? 0 : y[k] / triangle[k][k];
                for (int i = 0; i < x.length; i++) {
                    x[i] += y[k] * basis[k][i];
                }
            }
        }

        private static double[] scaled(double[] x, double factor) {
            double[] result = x.clone();
            for (int i = 0; i < x.length; i++) {
                result[i] *= factor;
            }
            return result;
        }
    }
}
