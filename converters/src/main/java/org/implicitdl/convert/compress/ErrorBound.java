package org.implicitdl.convert.compress;

import java.util.Arrays;
import org.implicitdl.convert.reduce.StateBounds;
import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.StateMaps;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.SparseEntries;
import org.implicitdl.operator.SparseMatrix;

/**
 * How far the outputs of a model with other coefficients A', B', C', D', b', d' can be from those of the original, for
 * inputs of a box. With |x| ≤ x̄ and |u| ≤ ū in the box, and the Lipschitz constants L of φ,
 *
 * <pre>
 *   |x' − x| ≤ e,  e = (I − L|A'|)⁻¹ L (|A' − A|x̄ + |B' − B|ū + |b' − b|),
 *   |ŷ' − ŷ| ≤ |C'|e + |C' − C|x̄ + |D' − D|ū + |d' − d|,
 * </pre>
 *
 * <p>because x' − x = φ(A'x' + B'u + b') − φ(Ax + Bu + b), and the arguments differ by A'(x' − x) + (A' − A)x + ….
 * It is solved for along the triangular order; in a cycle, from ‖e‖∞ ≤ ‖Lr‖∞/(1 − ‖LA'‖∞) downwards. Where that norm
 * is not below 1, the bound is infinite. Computed in double precision, without a margin for its rounding.
 *
 * @param outputs the bound of |ŷ' − ŷ| for each output
 */
public record ErrorBound(double[] outputs) {
    private static final int SWEEPS = 50;

    /** Copies the array. */
    public ErrorBound {
        outputs = outputs.clone();
    }

    /**
     * The bound for a model and another of the same sizes and φ.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public static ErrorBound of(ImplicitModel original, ImplicitModel changed, InputBox box) {
        SparseModel before = SparseModel.of(original);
        SparseModel after = SparseModel.of(changed);
        if (before.states() != after.states()
                || before.inputs() != after.inputs()
                || before.outputs() != after.outputs()) {
            throw new IllegalArgumentException("The bound compares models of the same sizes, but they are " + before
                    + " and " + after + "; compare before states are taken out.");
        }
        int n = before.states();
        double[] sizes = StateBounds.of(before, Dependencies.of(before), box).magnitudes();
        double[] direct = absoluteTimes(difference(after.matrix(), before.matrix()), sizes, 0);
        double[] e = Arrays.copyOf(direct, after.matrix().cols());
        Arrays.fill(e, n, e.length, 0);
        propagate(after, direct, e);
        double[] through = absoluteTimes(after.matrix(), e, n);
        double[] outputs = new double[before.outputs()];
        Arrays.setAll(outputs, i -> through[n + i] + direct[n + i]);
        return new ErrorBound(outputs);
    }

    /** The errors of the states, in place; the right sides of the others stay 0. */
    private static void propagate(SparseModel model, double[] direct, double[] e) {
        Dependencies graph = Dependencies.of(model);
        for (int[] component : graph.components()) {
            boolean isCyclic = graph.isCyclic(component[0]);
            if (isCyclic) {
                start(model, component, direct, e);
            }
            for (int sweep = 0; sweep < (isCyclic ? SWEEPS : 1); sweep++) {
                for (int i : component) {
                    if (model.maps().start(model.maps().groupOf(i)) == i) {
                        settle(model, i, direct, e);
                    }
                }
            }
        }
    }

    /** The states of a group, whose map has its Lipschitz constant in the largest change of its arguments. */
    private static void settle(SparseModel model, int first, double[] direct, double[] e) {
        StateMaps maps = model.maps();
        int end = maps.end(maps.groupOf(first));
        double largest = 0;
        for (int i = first; i < end; i++) {
            largest = Math.max(largest, direct[i] + absoluteSum(model.matrix(), i, e));
        }
        double error = largest == 0 ? 0 : maps.at(first).lipschitz() * largest;
        Arrays.fill(e, first, end, error);
    }

    private static void start(SparseModel model, int[] component, double[] direct, double[] e) {
        SparseMatrix m = model.matrix();
        double[] inside = new double[m.cols()];
        for (int i : component) {
            inside[i] = 1;
            e[i] = 0;
        }
        double gain = 0;
        double right = 0;
        for (int i : component) {
            double lipschitz = model.maps().at(i).lipschitz();
            gain = Math.max(gain, lipschitz * absoluteSum(m, i, inside));
            right = Math.max(right, lipschitz * (direct[i] + absoluteSum(m, i, e)));
        }
        for (int i : component) {
            e[i] = right == 0 ? 0 : gain < 1 ? right / (1 - gain) : Double.POSITIVE_INFINITY;
        }
    }

    private static SparseMatrix difference(SparseMatrix one, SparseMatrix other) {
        SparseEntries entries = SparseMatrix.entries(one.rows(), one.cols());
        for (int i = 0; i < one.rows(); i++) {
            for (int k = one.start(i); k < one.end(i); k++) {
                entries.add(i, one.column(k), one.value(k));
            }
            for (int k = other.start(i); k < other.end(i); k++) {
                entries.add(i, other.column(k), -other.value(k));
            }
        }
        return entries.toMatrix();
    }

    /** |M|x from some row on, with zeros before. */
    private static double[] absoluteTimes(SparseMatrix m, double[] x, int from) {
        double[] product = new double[m.rows()];
        for (int i = from; i < m.rows(); i++) {
            product[i] = absoluteSum(m, i, x);
        }
        return product;
    }

    private static double absoluteSum(SparseMatrix m, int row, double[] x) {
        double sum = 0;
        for (int k = m.start(row); k < m.end(row); k++) {
            sum += Math.abs(m.value(k)) * x[m.column(k)];
        }
        return sum;
    }

    /** The bounds, as a copy. */
    @Override
    public double[] outputs() {
        return outputs.clone();
    }

    /** The largest of the bounds. */
    public double largest() {
        return Arrays.stream(outputs).max().orElse(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ErrorBound that && Arrays.equals(outputs, that.outputs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(outputs);
    }

    @Override
    public String toString() {
        return "output error of at most " + Arrays.toString(outputs);
    }
}
