package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;

/** Slow references for x = φ(Ax + b). */
public final class Equations {
    private Equations() {}

    /** An operator over a matrix. */
    public static DenseOperator operator(Matrix a) {
        return DenseOperator.copyOf(a.toArray(DataType.DOUBLE));
    }

    /** The matrix of the given rows as an operator. */
    public static DenseOperator dense(double[]... rows) {
        return operator(Matrix.ofRows(rows));
    }

    /** A matrix of independent normal entries. */
    public static Matrix gaussian(Random random, int rows, int cols, double scale) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = scale * random.nextGaussian();
        }
        return matrix;
    }

    /** All solutions of x = max(0, Ax + b), by going through the 2ⁿ sets of states that are active. */
    static List<double[]> reluSolutions(Matrix a, double[] b) {
        int n = a.rows();
        List<double[]> solutions = new ArrayList<>();
        for (int active = 0; active < 1 << n; active++) {
            Matrix system = Matrix.identity(n);
            double[] right = new double[n];
            for (int i = 0; i < n; i++) {
                if ((active >> i & 1) == 1) {
                    right[i] = b[i];
                    for (int j = 0; j < n; j++) {
                        system.set(i, j, system.get(i, j) - a.get(i, j));
                    }
                }
            }
            int pattern = active;
            solve(system, right).filter(x -> isConsistent(a, b, x, pattern)).ifPresent(x -> {
                if (solutions.stream().noneMatch(known -> isSame(known, x))) {
                    solutions.add(x);
                }
            });
        }
        return solutions;
    }

    private static boolean isConsistent(Matrix a, double[] b, double[] x, int active) {
        for (int i = 0; i < x.length; i++) {
            double z = b[i];
            double size = Math.abs(b[i]);
            for (int j = 0; j < x.length; j++) {
                z += a.get(i, j) * x[j];
                size += Math.abs(a.get(i, j) * x[j]);
            }
            double tolerance = 1e-9 * size;
            if ((active >> i & 1) == 1 ? z < -tolerance : z > tolerance) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(double[] x, double[] y) {
        double distance = 0;
        double size = 1;
        for (int i = 0; i < x.length; i++) {
            distance = Math.max(distance, Math.abs(x[i] - y[i]));
            size = Math.max(size, Math.abs(x[i]));
        }
        return distance <= 1e-6 * size;
    }

    /** The solution of a linear system by Gaussian elimination with pivoting; empty if it is singular. */
    public static Optional<double[]> solve(Matrix system, double[] right) {
        int n = right.length;
        Matrix m = system.copy();
        double[] x = right.clone();
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(m.get(i, k)) > Math.abs(m.get(pivot, k)) ? i : pivot;
            }
            if (Math.abs(m.get(pivot, k)) < 1e-13 * system.maxAbs()) {
                return Optional.empty();
            }
            for (int j = 0; j < n; j++) {
                double swap = m.get(k, j);
                m.set(k, j, m.get(pivot, j));
                m.set(pivot, j, swap);
            }
            double swap = x[k];
            x[k] = x[pivot];
            x[pivot] = swap;
            for (int i = k + 1; i < n; i++) {
                double factor = m.get(i, k) / m.get(k, k);
                for (int j = k; j < n; j++) {
                    m.set(i, j, m.get(i, j) - factor * m.get(k, j));
                }
                x[i] -= factor * x[k];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= m.get(i, j) * x[j];
            }
            x[i] /= m.get(i, i);
        }
        return Arrays.stream(x).allMatch(Double::isFinite) ? Optional.of(x) : Optional.empty();
    }

    /** PAPᵀ: row and column i of the result are row and column order[i] of A. */
    public static Matrix permute(Matrix a, int[] order) {
        Matrix permuted = Matrix.zeros(a.rows(), a.cols());
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < order.length; j++) {
                permuted.set(i, j, a.get(order[i], order[j]));
            }
        }
        return permuted;
    }

    /** A random order of 0 … n−1. */
    public static int[] order(Random random, int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
