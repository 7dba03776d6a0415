package org.implicitdl.zoo.recovery;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * The random models of §7.2: n = 20 states with ReLU, p = 100 inputs of which ten act, q = 1, m = 400 samples without noise.
 * A is uniform, then scaled to ‖A‖∞ = 0.5; the ten columns of B and C are standard normal; D = 0. Inputs are standard normal.
 * The paper tells the sizes and the bound, and not the distributions nor the number of columns.
 *
 * @param seed any number; trial i depends on it and on i alone
 */
public record RecoveryProblem(long seed) {
    /** n of the model that makes the data. */
    public static final int TRUE_STATES = 20;

    /** n of the models that are trained. */
    public static final int STATES = 10;

    /** p. */
    public static final int INPUTS = 100;

    /** How many columns of B are not zero. */
    public static final int ACTIVE = 10;

    /** The bound of ‖A‖∞, of the true model and in training. */
    public static final double KAPPA = 0.5;

    private static final int SAMPLES = 400;
    private static final int TEST_SAMPLES = 1000;

    /** Trial number 1, 2, … */
    public RecoveryTrial trial(int number) {
        SplittableRandom streams = new SplittableRandom(seed);
        SplittableRandom random = streams.split();
        for (int i = 1; i < number; i++) {
            random = streams.split();
        }
        List<Integer> support = support(random);
        Matrix b = Matrix.zeros(TRUE_STATES, INPUTS);
        for (int j : support) {
            for (int i = 0; i < TRUE_STATES; i++) {
                b.set(i, j, random.nextGaussian());
            }
        }
        ModelMatrix truth =
                ModelMatrix.of(stateMatrix(random), b, normal(1, TRUE_STATES, random), Matrix.zeros(1, INPUTS));
        return new RecoveryTrial(
                number,
                truth,
                support,
                data(truth, SAMPLES, random),
                data(truth, TEST_SAMPLES, random),
                random.nextLong());
    }

    private static List<Integer> support(RandomGenerator random) {
        return random.ints(0, INPUTS).distinct().limit(ACTIVE).sorted().boxed().toList();
    }

    private static Matrix stateMatrix(RandomGenerator random) {
        Matrix a = Matrix.zeros(TRUE_STATES, TRUE_STATES);
        Arrays.setAll(a.values(), i -> 2 * random.nextDouble() - 1);
        double largest = IntStream.range(0, TRUE_STATES)
                .mapToDouble(i -> IntStream.range(0, TRUE_STATES)
                        .mapToDouble(j -> Math.abs(a.get(i, j)))
                        .sum())
                .max()
                .orElseThrow();
        // A little below the bound, so that no rounding exceeds it.
        double scale = KAPPA * (1 - 1e-14) / largest;
        return new Matrix(
                TRUE_STATES,
                TRUE_STATES,
                Arrays.stream(a.values()).map(entry -> entry * scale).toArray());
    }

    private static TrainingSet data(ModelMatrix truth, int samples, RandomGenerator random) {
        Matrix u = normal(INPUTS, samples, random);
        return new TrainingSet(
                u, ImplicitLoss.predict(truth, Activations.relu(), u).orElseThrow());
    }

    private static Matrix normal(int rows, int cols, RandomGenerator random) {
        return new Matrix(
                rows,
                cols,
                IntStream.range(0, rows * cols)
                        .mapToDouble(i -> random.nextGaussian())
                        .toArray());
    }
}
