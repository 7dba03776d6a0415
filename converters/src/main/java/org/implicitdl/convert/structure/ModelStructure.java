package org.implicitdl.convert.structure;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.SparseMatrix;

/** The structure of a model, in time proportional to its nonzeros: order, depth, widths, cycles and densities. */
public final class ModelStructure {
    private static final int WIDTHS_SHOWN = 12;

    private final SparseModel model;
    private final List<int[]> components;
    private final boolean[] cyclic;
    private final int[] widths;

    private ModelStructure(SparseModel model) {
        this.model = model;
        Dependencies graph = Dependencies.of(model);
        int[] levels = graph.levels();
        // By level, which is a solving order too, so that the layers of a network stay together.
        this.components = graph.components().stream()
                .sorted(Comparator.comparingInt(component -> levels[component[0]]))
                .toList();
        this.cyclic = new boolean[model.states()];
        this.widths = new int[IntStream.of(levels).max().orElse(-1) + 1];
        for (int i = 0; i < levels.length; i++) {
            cyclic[i] = graph.isCyclic(i);
            widths[levels[i]]++;
        }
    }

    /**
     * The structure of a model.
     *
     * @throws org.implicitdl.operator.TooLargeException if the model has too many nonzeros
     */
    public static ModelStructure of(ImplicitModel model) {
        return of(SparseModel.of(model));
    }

    /** The structure of a model whose nonzeros are known. */
    public static ModelStructure of(SparseModel model) {
        return new ModelStructure(model);
    }

    /** The nonzeros. */
    public SparseModel model() {
        return model;
    }

    /**
     * The groups of states that depend on each other (strongly connected components), each after all that it depends on.
     * States that φ mixes are in one group.
     */
    public List<int[]> components() {
        return components.stream().map(int[]::clone).toList();
    }

    /**
     * An order of the states in which A is block upper triangular, as in §2.2, with the {@link #components} as diagonal
     * blocks: what depends on nothing comes last. {@code model.permuted(order)} is the model in this order.
     */
    public int[] order() {
        return IntStream.range(0, components.size())
                .mapToObj(k -> components.get(components.size() - 1 - k))
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    /** Whether no state depends on itself, directly or through others: a feedforward model. */
    public boolean isAcyclic() {
        return largestCycle() == 0;
    }

    /** The number of states in the largest group that depends on itself; 0 if there is none. */
    public int largestCycle() {
        return components.stream()
                .filter(component -> cyclic[component[0]])
                .mapToInt(component -> component.length)
                .max()
                .orElse(0);
    }

    /** The number of components in the longest chain of them: the number of hidden layers of a network. */
    public int depth() {
        return widths.length;
    }

    /** The number of states by the length of the longest chain that leads to them; the first depend on inputs alone. */
    public int[] widths() {
        return widths.clone();
    }

    /** The number of nonzeros of A [n, n]. */
    public int nonzerosOfA() {
        return nonzeros(0, model.states(), 0, model.states());
    }

    /** The number of nonzeros of B [n, p]. */
    public int nonzerosOfB() {
        return nonzeros(0, model.states(), model.states(), model.constant());
    }

    /** The number of nonzeros of C [q, n]. */
    public int nonzerosOfC() {
        return nonzeros(model.states(), model.matrix().rows(), 0, model.states());
    }

    /** The number of nonzeros of D [q, p]. */
    public int nonzerosOfD() {
        return nonzeros(model.states(), model.matrix().rows(), model.states(), model.constant());
    }

    private int nonzeros(int top, int bottom, int left, int right) {
        SparseMatrix m = model.matrix();
        int count = 0;
        for (int k = m.start(top); k < m.start(bottom); k++) {
            count += m.column(k) >= left && m.column(k) < right ? 1 : 0;
        }
        return count;
    }

    /** All of it in some lines. */
    public String summary() {
        int n = model.states();
        int p = model.inputs();
        int q = model.outputs();
        long cycles =
                components.stream().filter(component -> cyclic[component[0]]).count();
        return String.join(
                        System.lineSeparator(),
                        "states n = " + n + ", inputs p = " + p + ", outputs q = " + q,
                        isAcyclic()
                                ? "  order        triangular: no state depends on itself"
                                : "  order        block triangular: " + cycles + " cycles, the largest of "
                                        + largestCycle() + " states",
                        "  depth        " + depth(),
                        "  widths       "
                                + IntStream.of(widths)
                                        .limit(WIDTHS_SHOWN)
                                        .mapToObj(String::valueOf)
                                        .collect(Collectors.joining(", "))
                                + (widths.length > WIDTHS_SHOWN ? ", …" : ""),
                        line("A", nonzerosOfA(), n, n),
                        line("B", nonzerosOfB(), n, p),
                        line("C", nonzerosOfC(), q, n),
                        line("D", nonzerosOfD(), q, p))
                + System.lineSeparator();
    }

    private static String line(String name, int nonzeros, int rows, int cols) {
        double share = rows == 0 || cols == 0 ? 0 : 100.0 * nonzeros / ((double) rows * cols);
        return String.format(
                Locale.ROOT, "  %-12s [%d, %d] with %d nonzeros (%.3g %%)", name, rows, cols, nonzeros, share);
    }

    @Override
    public String toString() {
        return "structure of " + model + ": depth " + depth() + ", largest cycle " + largestCycle();
    }
}
