package org.implicitdl.convert.reduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A random model for inputs in [−1, 1] whose core, a triangular or a cyclic contraction of ReLU and tanh, cannot be
 * reduced, with states planted that can; in a random order.
 */
public final class PlantedModel {
    public static final int INPUTS = 3;
    private static final int OUTPUTS = 2;
    private static final int CORE = 6;
    private static final int PLANTED = 8;

    private final Random random;
    private final int n = CORE + PLANTED;
    private final Matrix a = Matrix.zeros(n, n);
    private final Matrix b = Matrix.zeros(n, INPUTS);
    private final Matrix c = Matrix.zeros(OUTPUTS, n);
    private final double[] bias = new double[n];
    private final String[] kind = new String[n];
    private final Map<Integer, Integer> twin = new HashMap<>();
    private int[] order;

    public PlantedModel(long seed, boolean isCyclic) {
        this.random = new Random(seed);
        for (int i = 0; i < CORE; i++) {
            kind[i] = "core";
            for (int j = isCyclic ? 0 : i + 1; j < CORE; j++) {
                a.set(i, j, 0.3 / CORE * coefficient());
            }
            feed(i, 1);
            read(i);
        }
        int next = CORE;
        // Constant: a zero row, and one that only depends on it and on itself.
        constant(next++);
        constant(next);
        a.set(next, next, 0.4);
        a.set(next++, CORE, coefficient());
        // Unused: one without any effect, and one that only reaches the first.
        unused(next++);
        unused(next);
        a.set(next - 1, next++, coefficient());
        bounded(next++, "inactive", -1, isCyclic);
        bounded(next++, "active", 1, isCyclic);
        duplicate(next++, 0);
        duplicate(next, CORE - 1);
        shuffle();
    }

    /** Away from zero, so that no connection is missing by chance. */
    private double coefficient() {
        double size = 0.5 + random.nextDouble() / 2;
        return random.nextBoolean() ? size : -size;
    }

    private void feed(int i, double scale) {
        for (int j = 0; j < INPUTS; j++) {
            b.set(i, j, scale * coefficient());
        }
    }

    private void read(int j) {
        for (int i = 0; i < OUTPUTS; i++) {
            c.set(i, j, coefficient());
        }
    }

    /** Some effect of a planted state on the core. */
    private void disturb(int j) {
        a.set(random.nextInt(CORE - 1), j, 0.02 * coefficient());
    }

    private void constant(int i) {
        kind[i] = "constant";
        bias[i] = coefficient();
        disturb(i);
        read(i);
    }

    private void unused(int i) {
        kind[i] = "unused";
        feed(i, 1);
        a.set(i, random.nextInt(CORE), coefficient());
    }

    /** Its inputs stay within ±3, and a state of the core that it may depend on within ±20. */
    private void bounded(int i, String name, int sign, boolean isCyclic) {
        kind[i] = name;
        feed(i, 1);
        a.set(i, CORE - 1, 0.1 * coefficient());
        if (isCyclic) {
            a.set(i, i, 0.1);
        }
        bias[i] = sign * 6;
        a.set(isCyclic ? CORE - 1 : 0, i, 0.02 * coefficient());
        read(i);
    }

    /** A state with the row of another, which takes a share of its column; all powers of two, so that sums are exact. */
    private void duplicate(int copy, int of) {
        kind[copy] = "duplicate";
        twin.put(copy, of);
        for (int i = 0; i < n; i++) {
            a.set(i, copy, a.get(i, of) * 0.25);
            a.set(i, of, a.get(i, of) * 0.75);
        }
        for (int i = 0; i < OUTPUTS; i++) {
            c.set(i, copy, coefficient());
        }
        for (int j = 0; j < n; j++) {
            a.set(copy, j, a.get(of, j));
        }
        for (int j = 0; j < INPUTS; j++) {
            b.set(copy, j, b.get(of, j));
        }
        bias[copy] = bias[of];
    }

    private void shuffle() {
        List<Integer> states = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(states, random);
        order = states.stream().mapToInt(Integer::intValue).toArray();
    }

    public ImplicitModel model() {
        // ReLU where a state is to be bounded, and tanh on half of the core.
        List<Activation> phi = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int like = twin.getOrDefault(i, i);
            phi.add(like < CORE && like % 2 == 0 ? Activations.tanh() : Activations.relu());
        }
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        return ImplicitModel.of(
                        dense(a),
                        dense(b),
                        dense(c),
                        DenseOperator.copyOf(Nd4j.ones(DataType.DOUBLE, OUTPUTS, INPUTS)),
                        BlockActivation.of(Partition.of(ones), phi))
                .withStateBias(Nd4j.createFromArray(bias))
                .permuted(order);
    }

    private static DenseOperator dense(Matrix matrix) {
        return DenseOperator.copyOf(matrix.toArray(DataType.DOUBLE));
    }

    /** The kind of state i of {@link #model()}. */
    String kind(int i) {
        return kind[order[i]];
    }

    /** The states that must stay: the core, each state of it by the first of its twins. */
    int[] expected() {
        TreeSet<Integer> kept = new TreeSet<>();
        for (int i = 0; i < n; i++) {
            if (kind(i).equals("core")) {
                kept.add(Math.min(i, twinOf(order[i], i)));
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    private int twinOf(int core, int otherwise) {
        return IntStream.range(0, n)
                .filter(i -> twin.getOrDefault(order[i], -1) == core)
                .findFirst()
                .orElse(otherwise);
    }

    public static INDArray inputs(long seed, int inputs, int samples) {
        double[] values =
                new Random(seed).doubles((long) inputs * samples, -1, 1).toArray();
        return Nd4j.createFromArray(values).reshape('f', inputs, samples);
    }

    /** The output by 60 dense Picard steps, apart from the solvers and their tolerances. */
    public static INDArray picard(ImplicitModel model, INDArray u) {
        INDArray a = model.a().toDense(DataType.DOUBLE);
        INDArray v = model.b().times(u).addiColumnVector(model.stateBias(DataType.DOUBLE));
        INDArray x = Nd4j.zeros(DataType.DOUBLE, model.states(), u.columns());
        for (int i = 0; i < 60; i++) {
            x = model.phi().apply(a.mmul(x).addi(v));
        }
        return model.readOut(x, u);
    }

    public static double distance(INDArray one, INDArray other) {
        return one.sub(other).amaxNumber().doubleValue()
                / Math.max(1, other.amaxNumber().doubleValue());
    }
}
