package org.implicitdl.train.bcd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * Anderson acceleration of a fixed-point iteration θ ← G(θ) (Walker and Ni, Anderson acceleration for fixed-point
 * iterations, 2011): the next point is G(θ) − ΔG γ, where γ minimizes ‖F − ΔF γ‖² + ρ‖γ‖² over the last few differences
 * of the residuals F = G(θ) − θ. One object serves one run.
 */
final class AndersonAcceleration {
    /** ρ relative to the trace of ΔFᵀΔF. */
    private static final double RIDGE = 1e-8;

    private final int window;
    private final Deque<double[]> images = new ArrayDeque<>();
    private final Deque<double[]> residuals = new ArrayDeque<>();

    AndersonAcceleration(int window) {
        this.window = window;
    }

    /** Takes note of G at θ; proposes the accelerated point once there is a history. */
    Optional<double[]> propose(double[] theta, double[] image) {
        double[] residual = minus(image, theta);
        images.addLast(image);
        residuals.addLast(residual);
        if (images.size() > window + 1) {
            images.removeFirst();
            residuals.removeFirst();
        }
        int columns = images.size() - 1;
        if (columns < 1) {
            return Optional.empty();
        }
        Matrix df = differences(residuals);
        Matrix dg = differences(images);
        Matrix normal = Lapack.transposeTimes(df, df);
        double trace = 0;
        for (int i = 0; i < columns; i++) {
            trace += normal.get(i, i);
        }
        Matrix system = normal.addToDiagonal(RIDGE * trace);
        Matrix right = Lapack.transposeTimes(df, new Matrix(residual.length, 1, residual));
        return Lapack.cholesky(system)
                .map(factor ->
                        minus(image, Lapack.times(dg, factor.solve(right)).values()));
    }

    void save(StateWriter writer) {
        writer.count(images.size());
        images.forEach(writer::vector);
        residuals.forEach(writer::vector);
    }

    void restore(StateReader reader) {
        restart();
        int size = reader.count();
        for (int i = 0; i < size; i++) {
            images.addLast(reader.vector());
        }
        for (int i = 0; i < size; i++) {
            residuals.addLast(reader.vector());
        }
    }

    /** Forgets the history. */
    void restart() {
        images.clear();
        residuals.clear();
    }

    private static Matrix differences(Deque<double[]> vectors) {
        List<double[]> list = new ArrayList<>(vectors);
        int size = list.get(0).length;
        Matrix result = Matrix.zeros(size, list.size() - 1);
        for (int j = 0; j + 1 < list.size(); j++) {
            System.arraycopy(minus(list.get(j + 1), list.get(j)), 0, result.values(), j * size, size);
        }
        return result;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] result = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i] - b[i];
        }
        return result;
    }
}
