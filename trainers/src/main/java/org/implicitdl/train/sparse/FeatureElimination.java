package org.implicitdl.train.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * Which inputs an implicit model needs (§6.1): the norms (19) of the columns of B above D with α = 2 are minimized by the
 * {@link ImplicitPolish}, as quadratics that touch them from above, and the inputs of the smallest norms leave, three of
 * ten at a time and at last one by one, with a penalty that falls with the number that is left. When few are left, the fit
 * is tried again from random weights, as it has many local minima. Of all stages the one
 * with the least m log(‖Ŷ − Y‖²/m) + (n + q)k log m for k inputs is chosen (Schwarz, Estimating the dimension of a model,
 * 1978). C is kept from growing by a ridge of a fifth of the penalty, without which (19) would fall to 0 by scaling.
 *
 * @param kappa κ of ‖A‖∞ ≤ κ
 * @param penalty the weight of (19) while all inputs are there
 * @param rounds how often in a stage the quadratics are renewed
 * @param steps how many steps are tried in a round
 * @param restarts how many random starts the fit of few inputs is given
 */
public record FeatureElimination(double kappa, double penalty, int rounds, int steps, int restarts) {
    /** Down from here inputs leave one by one. */
    private static final int FEW = 16;

    private static final double LEAVING = 0.3;
    /** Penalties fall faster than inputs leave: the fewer are left, the less there is to hold down. */
    private static final double DECAY = 1.5;

    private static final double RIDGE = 0.2;
    /** A stage is a step on the way: the last per mille are not worth the time. */
    private static final double GAIN = 1e-3;
    /** The path ends when the criterion has risen in so many stages. */
    private static final int WORSE = 3;
    /** Columns below it are not pushed down harder. */
    private static final double SMALLEST_NORM = 1e-3;

    /** @throws IllegalArgumentException if a value is not positive */
    public FeatureElimination {
        if (!(kappa > 0) || !(penalty > 0) || rounds < 1 || steps < 1 || restarts < 0) {
            throw new IllegalArgumentException("The radius, the penalty and the numbers of rounds and steps must be"
                    + " positive, and that of restarts not negative, but they are " + kappa + ", " + penalty + ", "
                    + rounds + ", " + steps + " and " + restarts + ".");
        }
    }

    /** ‖A‖∞ ≤ κ, a penalty of 200, 2 rounds of 20 steps, 6 restarts: for some hundred samples. */
    public static FeatureElimination withRadius(double kappa) {
        return new FeatureElimination(kappa, 200, 2, 20, 6);
    }

    /** The same with another penalty. */
    public FeatureElimination withPenalty(double penalty) {
        return new FeatureElimination(kappa, penalty, rounds, steps, restarts);
    }

    /**
     * A model of some inputs.
     *
     * @param inputs their numbers, in increasing order
     * @param weights of these inputs alone
     * @param criterion what the choice compares; smaller is better
     */
    public record Stage(List<Integer> inputs, ModelMatrix weights, double criterion) {

        /** The model over all p inputs, with zero columns for those that left. */
        public ModelMatrix over(int p) {
            int n = weights.states();
            Matrix m = Matrix.zeros(weights.m().rows(), n + p);
            copyColumns(weights.m(), m, n, IntStream.range(0, inputs.size()).toArray(), toArray(inputs));
            return new ModelMatrix(n, m);
        }
    }

    /**
     * The stages from the one with all inputs on, until the criterion has risen three times.
     *
     * @param states n of the models
     * @param seed of the weights to start from
     */
    public List<Stage> path(int states, FenchelActivation phi, TrainingSet data, long seed) {
        int p = data.u().rows();
        List<Integer> inputs = IntStream.range(0, p).boxed().toList();
        Random random = new Random(seed);
        ModelMatrix weights = start(states, p, data.y().rows(), random);
        List<Stage> stages = new ArrayList<>();
        while (true) {
            TrainingSet part = new TrainingSet(rows(data.u(), inputs), data.y());
            ImplicitLoss loss = new ImplicitLoss(states, phi, part);
            double weight = penalty * Math.pow((double) inputs.size() / p, DECAY);
            weights = inputs.size() == FEW ? best(loss, weights, weight, random) : fit(loss, weights, weight);
            stages.add(new Stage(inputs, weights, criterion(loss, weights)));
            if (inputs.size() == 1 || isPastTheBest(stages)) {
                return stages;
            }
            int[] kept = largest(weights.inputNorms(), remaining(inputs.size()));
            Matrix m = Matrix.zeros(weights.m().rows(), states + kept.length);
            copyColumns(
                    weights.m(),
                    m,
                    states,
                    kept,
                    IntStream.range(0, kept.length).toArray());
            weights = new ModelMatrix(states, m);
            inputs = Arrays.stream(kept).mapToObj(inputs::get).toList();
        }
    }

    private static boolean isPastTheBest(List<Stage> stages) {
        int best = stages.indexOf(best(stages));
        return best < stages.size() - WORSE;
    }

    private static Stage best(List<Stage> stages) {
        return stages.stream().min(Comparator.comparingDouble(Stage::criterion)).orElseThrow();
    }

    /** The stage with the least criterion. */
    public Stage select(int states, FenchelActivation phi, TrainingSet data, long seed) {
        return best(path(states, phi, data, seed));
    }

    /** The best of the fits from the given weights and from random ones. */
    private ModelMatrix best(ImplicitLoss loss, ModelMatrix start, double weight, Random random) {
        ModelMatrix best = fit(loss, start, weight);
        for (int i = 0; i < restarts; i++) {
            ModelMatrix other = fit(loss, start(start.states(), start.inputs(), start.outputs(), random), weight);
            best = criterion(loss, other) < criterion(loss, best) ? other : best;
        }
        return best;
    }

    private ModelMatrix fit(ImplicitLoss loss, ModelMatrix start, double weight) {
        ModelMatrix weights = start;
        for (int round = 0; round < rounds; round++) {
            double[] norms = weights.inputNorms();
            double[] columns = new double[start.m().cols()];
            Arrays.fill(columns, 0, start.states(), RIDGE * weight);
            for (int j = 0; j < norms.length; j++) {
                columns[start.states() + j] = weight / Math.max(norms[j], SMALLEST_NORM);
            }
            weights = ImplicitPolish.withRadius(kappa).withTolerance(GAIN).fit(loss, weights, columns, steps);
        }
        return weights;
    }

    private static double criterion(ImplicitLoss loss, ModelMatrix weights) {
        double samples = loss.data().samples();
        double squares = 2 * loss.at(weights.m()).value();
        double parameters = (double) weights.m().rows() * weights.inputs();
        return samples * Math.log(squares / samples) + parameters * Math.log(samples);
    }

    private static int remaining(int inputs) {
        return inputs <= FEW ? inputs - 1 : Math.max(FEW, (int) (inputs * (1 - LEAVING)));
    }

    private static int[] largest(double[] norms, int count) {
        return IntStream.range(0, norms.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -norms[j]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** A = 0, D = 0, C normal, and B so small that the first steps decide. */
    private static ModelMatrix start(int n, int p, int q, Random random) {
        Matrix b = Matrix.zeros(n, p);
        Matrix c = Matrix.zeros(q, n);
        Arrays.setAll(b.values(), i -> 0.05 * random.nextGaussian());
        Arrays.setAll(c.values(), i -> random.nextGaussian());
        return ModelMatrix.of(Matrix.zeros(n, n), b, c, Matrix.zeros(q, p));
    }

    private static Matrix rows(Matrix u, List<Integer> inputs) {
        Matrix rows = Matrix.zeros(inputs.size(), u.cols());
        for (int j = 0; j < u.cols(); j++) {
            for (int i = 0; i < inputs.size(); i++) {
                rows.set(i, j, u.get(inputs.get(i), j));
            }
        }
        return rows;
    }

    /** The columns of the states, and those of some inputs to other places. */
    private static void copyColumns(Matrix from, Matrix to, int states, int[] source, int[] target) {
        int rows = from.rows();
        System.arraycopy(from.values(), 0, to.values(), 0, states * rows);
        for (int k = 0; k < source.length; k++) {
            System.arraycopy(
                    from.values(), (states + source[k]) * rows, to.values(), (states + target[k]) * rows, rows);
        }
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
