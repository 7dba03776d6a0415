package org.implicitdl.convert.reduce;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.activation.Softmax;
import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.SparseMatrix;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Intervals that hold z = Ax + Bu + b and x = φ(z) for every input of a box, by interval arithmetic along the triangular
 * order. In a cycle, an interval from the range of φ, or from a contraction in ℓ∞, is tightened again and again; any of
 * its iterates holds the states, since φ(AX + BU + b) holds φ(Ax + Bu + b) for x in X.
 *
 * <p>Sums are rounded outwards: a computed sum of k terms differs from the true one by at most k·2⁻⁵²∑|terms|. A sum of
 * terms that are not negative is not negative, rounded or not.
 */
public final class StateBounds {
    private static final int SWEEPS = 50;

    private final SparseModel model;
    private final SparseMatrix m;
    private final double[] zLow;
    private final double[] zHigh;
    private final double[] low;
    private final double[] high;

    private StateBounds(SparseModel model, InputBox box) {
        this.model = model;
        this.m = model.matrix();
        int n = model.states();
        this.zLow = new double[n];
        this.zHigh = new double[n];
        this.low = new double[n + model.inputs() + 1];
        this.high = new double[n + model.inputs() + 1];
        System.arraycopy(box.lower().data().asDouble(), 0, low, n, model.inputs());
        System.arraycopy(box.upper().data().asDouble(), 0, high, n, model.inputs());
        low[model.constant()] = 1;
        high[model.constant()] = 1;
        for (int i = 0; i < n; i++) {
            Activation phi = model.maps().at(i);
            low[i] = phi instanceof FenchelActivation monotone ? monotone.lowerBound() : Double.NEGATIVE_INFINITY;
            high[i] = phi instanceof FenchelActivation monotone ? monotone.upperBound() : Double.POSITIVE_INFINITY;
            if (phi instanceof Softmax) {
                low[i] = 0;
                high[i] = 1;
            }
        }
    }

    /**
     * The bounds for inputs of a box.
     *
     * @throws ShapeException unless it is one box of the model's inputs
     */
    public static StateBounds of(SparseModel model, Dependencies graph, InputBox box) {
        if (box.inputs() != model.inputs() || box.samples() != 1) {
            throw new ShapeException("The box must be one for the model's " + model.inputs() + " inputs, but is "
                    + box.samples() + " for " + box.inputs() + ".");
        }
        StateBounds bounds = new StateBounds(model, box);
        for (int[] component : graph.components()) {
            int sweeps = 1;
            if (graph.isCyclic(component[0])) {
                bounds.contract(component);
                sweeps = SWEEPS;
            }
            for (int sweep = 0; sweep < sweeps; sweep++) {
                IntStream.of(component).forEach(bounds::tighten);
            }
        }
        return bounds;
    }

    /** A lower bound of zᵢ, the argument of φ. */
    public double zLow(int i) {
        return zLow[i];
    }

    /** An upper bound of zᵢ, the argument of φ. */
    public double zHigh(int i) {
        return zHigh[i];
    }

    /** The largest absolute values of the states, the inputs and the constant 1, in the order of the columns of M. */
    public double[] magnitudes() {
        return IntStream.range(0, low.length)
                .mapToDouble(j -> Math.max(Math.abs(low[j]), Math.abs(high[j])))
                .toArray();
    }

    private void tighten(int i) {
        zHigh[i] = sum(i, 1);
        zLow[i] = -sum(i, -1);
        if (model.maps().at(i) instanceof FenchelActivation phi) {
            low[i] = Math.max(low[i], down(phi.value(zLow[i])));
            high[i] = Math.min(high[i], -down(-phi.value(zHigh[i])));
        } else if (model.maps().at(i) instanceof MaxPooling phi && i == endOfGroup(i) - 1) {
            pool(phi, i + 1 - phi.size());
        }
    }

    private int endOfGroup(int i) {
        return model.maps().end(model.maps().groupOf(i));
    }

    /** Max pooling is nondecreasing, and picks numbers without rounding. */
    private void pool(MaxPooling phi, int start) {
        double[] lowest = pooled(phi, zLow, start);
        double[] highest = pooled(phi, zHigh, start);
        for (int k = 0; k < phi.size(); k++) {
            low[start + k] = Math.max(low[start + k], lowest[k]);
            high[start + k] = Math.min(high[start + k], highest[k]);
        }
    }

    private static double[] pooled(MaxPooling phi, double[] z, int start) {
        double[] part = Arrays.copyOfRange(z, start, start + phi.size());
        return phi.apply(Nd4j.createFromArray(part).reshape('f', part.length, 1))
                .toDoubleVector();
    }

    /** Some units in the last place, which covers the rounding of φ itself. */
    private static double down(double value) {
        return value == 0 || Double.isInfinite(value) ? value : value - 8 * Math.ulp(value);
    }

    /** An upper bound of the sum of row i, or of its negative. */
    private double sum(int i, int sign) {
        double sum = 0;
        double size = 0;
        boolean isNegative = true;
        for (int k = m.start(i); k < m.end(i); k++) {
            double factor = sign * m.value(k);
            double term = factor * (factor > 0 ? high : low)[m.column(k)];
            sum += term;
            size += Math.abs(term);
            isNegative &= term <= 0;
        }
        double bound = sum + (m.end(i) - m.start(i)) * Math.ulp(1.0) * size;
        bound = Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
        return isNegative ? Math.min(0, bound) : bound;
    }

    /** |xᵢ| ≤ r for all i of a component with gain L‖A‖∞ < 1, where r = max |φ(v)| / (1 − L‖A‖∞) and v = z for x = 0. */
    private void contract(int[] component) {
        double[] savedLow = IntStream.of(component).mapToDouble(i -> low[i]).toArray();
        double[] savedHigh = IntStream.of(component).mapToDouble(i -> high[i]).toArray();
        boolean[] inside = new boolean[low.length];
        IntStream.of(component).forEach(i -> {
            inside[i] = true;
            low[i] = 0;
            high[i] = 0;
        });
        double gain = 0;
        double most = 0;
        for (int i : component) {
            Activation phi = model.maps().at(i);
            double rowSum = 0;
            for (int k = m.start(i); k < m.end(i); k++) {
                rowSum += inside[m.column(k)] ? Math.abs(m.value(k)) : 0;
            }
            gain = Math.max(gain, phi.lipschitz() * rowSum);
            most = phi instanceof FenchelActivation monotone
                    ? Math.max(most, Math.max(monotone.value(sum(i, 1)), -monotone.value(-sum(i, -1))))
                    : Double.POSITIVE_INFINITY;
        }
        // A little more than r and than a gain of 1, for the rounding of both.
        double radius = gain < 1 - 1e-9 ? 1.000001 * most / (1 - gain) : Double.POSITIVE_INFINITY;
        for (int k = 0; k < component.length; k++) {
            low[component[k]] = Math.max(savedLow[k], -radius);
            high[component[k]] = Math.min(savedHigh[k], radius);
        }
    }

    @Override
    public String toString() {
        return "bounds from " + Arrays.toString(low) + " to " + Arrays.toString(high);
    }
}
