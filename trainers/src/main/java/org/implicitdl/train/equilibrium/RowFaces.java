package org.implicitdl.train.equilibrium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.implicitdl.operator.Matrix;

/**
 * Where the rows of A may go from the border of their ball ‖Aᵢ‖₁ ≤ κ: a row that fills it and that the gradient would lead out
 * of it moves along a face, σᵀδ = 0 with the signs σ of its entries. An entry that is zero stays so, σⱼ = 0, unless the slope
 * there is steeper than on the face.
 *
 * <p>The projection of −g onto these directions is that onto the tangent cone of the ball (Bertsekas, Nonlinear programming,
 * 3.3), so that a step against the gradient that is short enough falls and stays in the ball.
 */
final class RowFaces {
    /** How near to the border, relative to κ, counts as on it. */
    private static final double NEAR = 1e-6;

    private final Map<Integer, double[]> signs;

    private RowFaces(Map<Integer, double[]> signs) {
        this.signs = signs;
    }

    /** @param gradient of what is to fall, of which the first rows and columns belong to A [n, n] */
    static RowFaces of(Matrix a, Matrix gradient, double kappa) {
        Map<Integer, double[]> signs = new TreeMap<>();
        for (int i = 0; i < a.rows(); i++) {
            double[] row = row(a, i, a.cols());
            double size = Arrays.stream(row).map(Math::abs).sum();
            double[] slopes = row(gradient, i, a.cols());
            if (size > kappa * (1 - NEAR) && leavesTheBall(row, slopes)) {
                signs.put(i, face(row, slopes));
            }
        }
        return new RowFaces(signs);
    }

    private static double[] row(Matrix m, int i, int n) {
        double[] row = new double[n];
        Arrays.setAll(row, j -> m.get(i, j));
        return row;
    }

    /** Whether the sum of absolute values grows at first in the direction −g. */
    private static boolean leavesTheBall(double[] row, double[] slopes) {
        double growth = 0;
        for (int j = 0; j < row.length; j++) {
            growth += row[j] == 0 ? Math.abs(slopes[j]) : -Math.signum(row[j]) * slopes[j];
        }
        return growth > 0;
    }

    /** The zero entries join in the order of their slopes, while these are above the multiplier, the mean on the face. */
    private static double[] face(double[] row, double[] slopes) {
        double[] sigma = new double[row.length];
        List<Integer> zeros = new ArrayList<>();
        double sum = 0;
        int count = 0;
        for (int j = 0; j < row.length; j++) {
            sigma[j] = Math.signum(row[j]);
            sum -= sigma[j] * slopes[j];
            count += row[j] == 0 ? 0 : 1;
            if (row[j] == 0) {
                zeros.add(j);
            }
        }
        zeros.sort((j, k) -> Double.compare(Math.abs(slopes[k]), Math.abs(slopes[j])));
        for (int j : zeros) {
            double slope = Math.abs(slopes[j]);
            if (slope * count > sum) {
                sigma[j] = -Math.signum(slopes[j]);
                sum += slope;
                count++;
            }
        }
        return sigma;
    }

    boolean isEmpty() {
        return signs.isEmpty();
    }

    /** The rows that move along a face. */
    Iterable<Integer> rows() {
        return signs.keySet();
    }

    /**
     * NM for the inverse N of a diagonal matrix over the directions that the faces leave: the minimizer of ½⟨V, DV⟩ − ⟨M, V⟩
     * over these V.
     *
     * @param m in the shape of [A B; C D]
     * @param d the diagonal, in the same shape
     */
    Matrix inverse(Matrix m, Matrix d) {
        Matrix v = m.copy();
        for (int i = 0; i < v.values().length; i++) {
            v.values()[i] /= d.values()[i];
        }
        signs.forEach((i, sigma) -> {
            double sum = 0;
            double norm = 0;
            for (int j = 0; j < sigma.length; j++) {
                sum += sigma[j] * v.get(i, j);
                norm += sigma[j] * sigma[j] / d.get(i, j);
            }
            for (int j = 0; j < sigma.length; j++) {
                v.set(i, j, sigma[j] == 0 ? 0 : v.get(i, j) - sigma[j] * sum / (norm * d.get(i, j)));
            }
        });
        return v;
    }

    /** The orthogonal projection of M onto the directions that the faces leave. */
    Matrix projection(Matrix m) {
        Matrix ones = Matrix.zeros(m.rows(), m.cols());
        Arrays.fill(ones.values(), 1);
        return inverse(m, ones);
    }

    /**
     * Orthonormal directions D^½z that row i of A loses, one in each row: D^½ND^½ is the projection onto the others.
     *
     * @param d the diagonal of D, of the columns of A and maybe further ones
     */
    Matrix lost(int i, double[] d) {
        double[] sigma = signs.get(i);
        double norm = 0;
        int fixed = 0;
        for (int j = 0; j < sigma.length; j++) {
            norm += sigma[j] * sigma[j] / d[j];
            fixed += sigma[j] == 0 ? 1 : 0;
        }
        Matrix lost = Matrix.zeros(1 + fixed, sigma.length);
        for (int j = 0; j < sigma.length; j++) {
            if (sigma[j] == 0) {
                lost.set(fixed--, j, 1);
            } else {
                lost.set(0, j, sigma[j] / Math.sqrt(norm * d[j]));
            }
        }
        return lost;
    }
}
