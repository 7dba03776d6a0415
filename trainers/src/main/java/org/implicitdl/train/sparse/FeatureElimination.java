package org.implicitdl.train.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.equilibrium.ImplicitPolish;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * Which inputs an implicit model needs (§6.1): the norms (19) of the columns of B above D with α = 2 are minimized by the
 * {@link ImplicitPolish}, as quadratics that touch them from above, and the inputs of the smallest norms leave, three of
 * ten at a time and at last one by one, with a penalty that falls with the number that is left. At first and when few are
 * left, the fit is tried again from random weights, as it has many local minima. Of all stages the one
 * with the least m log(‖Ŷ − Y‖²/m) + (n + q)k log m for k inputs is chosen (Schwarz, Estimating the dimension of a model,
 * 1978). C is kept from growing by a ridge of a fifth of the penalty, without which (19) would fall to 0 by scaling.
 *
 * @param kappa κ of ‖A‖∞ ≤ κ
 * @param penalty the weight of (19) while all inputs are there
 * @param rounds how often in a stage the quadratics are renewed
 * @param steps how many steps are tried in a round
 * @param restarts how many random starts these fits are given more
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
    /** How often inputs may come back. */
    private static final int RETURNS = 3;
    /** The elimination ends when the criterion has risen in so many stages. */
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

    /** ‖A‖∞ ≤ κ, a penalty of 200, 2 rounds of 20 steps, 3 restarts: for some hundred samples. */
    public static FeatureElimination withRadius(double kappa) {
        return new FeatureElimination(kappa, 200, 2, 20, 3);
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
     * The stage with the least criterion, of the elimination from all inputs and of further ones from that stage and the
     * inputs that left in which the loss is steepest: an input that left too early comes back.
     *
     * @param states n of the models
     * @param seed of the weights to start from
     */
    public Stage select(int states, FenchelActivation phi, TrainingSet data, long seed) {
        int p = data.u().rows();
        Random random = new Random(seed);
        ModelMatrix start = start(states, p, data.y().rows(), random);
        Stage best =
                eliminate(phi, data, new Stage(IntStream.range(0, p).boxed().toList(), start, 0), restarts, random);
        for (int round = 0; round < RETURNS && best.inputs().size() < p; round++) {
            Stage next = eliminate(phi, data, withSteepest(best, phi, data), 0, random);
            boolean isBetter = next.criterion() < best.criterion();
            boolean isSame = next.inputs().equals(best.inputs());
            best = isBetter ? next : best;
            if (isSame || !isBetter) {
                break;
            }
        }
        return best;
    }

    /** The best of the stages from the given one on, until the criterion has risen three times. */
    private Stage eliminate(FenchelActivation phi, TrainingSet data, Stage start, int restarts, Random random) {
        int p = data.u().rows();
        List<Stage> stages = new ArrayList<>();
        Stage stage = start;
        while (true) {
            TrainingSet part = new TrainingSet(rows(data.u(), stage.inputs()), data.y());
            ImplicitLoss loss = ImplicitLoss.squared(stage.weights().states(), phi, part);
            int count = stage.inputs().size();
            double weight = penalty * Math.pow((double) count / p, DECAY);
            int others = count == start.inputs().size() || count == FEW ? restarts : 0;
            ModelMatrix weights = best(loss, stage.weights(), weight, others, random);
            stages.add(new Stage(stage.inputs(), weights, criterion(loss, weights)));
            Stage best = stages.stream()
                    .min(Comparator.comparingDouble(Stage::criterion))
                    .orElseThrow();
            if (count == 1 || stages.indexOf(best) < stages.size() - WORSE) {
                return best;
            }
            stage = withLargest(stages.get(stages.size() - 1), remaining(count));
        }
    }

    private static Stage withLargest(Stage stage, int count) {
        int n = stage.weights().states();
        int[] kept = largest(stage.weights().inputNorms(), count);
        Matrix m = Matrix.zeros(stage.weights().m().rows(), n + count);
        copyColumns(stage.weights().m(), m, n, kept, IntStream.range(0, count).toArray());
        List<Integer> inputs = Arrays.stream(kept).mapToObj(stage.inputs()::get).toList();
        return new Stage(inputs, new ModelMatrix(n, m), stage.criterion());
    }

    /** The stage with further inputs, whose columns are zero: those with the largest gradients of the loss. */
    private static Stage withSteepest(Stage stage, FenchelActivation phi, TrainingSet data) {
        int p = data.u().rows();
        int n = stage.weights().states();
        ModelMatrix all = stage.over(p);
        Matrix gradient = ImplicitLoss.squared(n, phi, data).at(all.m()).gradient();
        double[] slopes = new ModelMatrix(n, gradient).inputNorms();
        stage.inputs().forEach(j -> slopes[j] = Double.POSITIVE_INFINITY);
        int count = Math.min(p, Math.max(FEW, stage.inputs().size() + FEW / 2));
        int[] inputs = largest(slopes, count);
        Matrix m = Matrix.zeros(all.m().rows(), n + count);
        copyColumns(all.m(), m, n, inputs, IntStream.range(0, count).toArray());
        return new Stage(Arrays.stream(inputs).boxed().toList(), new ModelMatrix(n, m), stage.criterion());
    }

    /** The best of the fits from the given weights and from random ones. */
    private ModelMatrix best(ImplicitLoss loss, ModelMatrix start, double weight, int others, Random random) {
        ModelMatrix best = fit(loss, start, weight);
        for (int i = 0; i < others; i++) {
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
            weights = ImplicitPolish.withRadius(kappa).withLeastGain(GAIN).fit(loss, weights, columns, steps);
        }
        return weights;
    }

    private static double criterion(ImplicitLoss loss, ModelMatrix weights) {
        double samples = loss.problem().samples();
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
