package org.implicitdl.zoo.synthetic;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * The random problems of §7.1: p = 20 inputs, hidden layers of 12 and 6, q = 5 outputs; weights that are nonzero with
 * probability 0.3 and then uniform in [−½, ½]; 1000 training and 500 test samples.
 *
 * <p>The paper draws "Bernoulli(0.7), that is, approximately 70 % of the weights are zero"; the words are followed, not
 * the formula. Trial i depends on the seed and on i alone, and has the same teacher for either covariance.
 *
 * @param seed any number
 */
public record SyntheticProblem(long seed) {
    /** The widths p, 12, 6, q. */
    public static final List<Integer> WIDTHS = List.of(20, 12, 6, 5);

    /** The number of training samples. */
    public static final int TRAIN_SAMPLES = 1000;

    /** The number of test samples. */
    public static final int TEST_SAMPLES = 500;

    private static final double NONZERO = 0.3;

    /** What is drawn, each from a stream of its own. */
    private enum Stream {
        TEACHER,
        TRAIN_COVARIANCE,
        TRAIN_INPUTS,
        TEST_COVARIANCE,
        TEST_INPUTS,
        START
    }

    /** Trial number 1, 2, …; the numbers below belong to {@link #tuningTrials}. */
    public Trial trial(Covariance covariance, int number) {
        TanhNetwork teacher = teacher(random(number, Stream.TEACHER));
        Matrix trainFactor = covariance.factor(uniform(random(number, Stream.TRAIN_COVARIANCE)));
        Matrix testFactor = covariance.sameForTest()
                ? trainFactor
                : covariance.factor(uniform(random(number, Stream.TEST_COVARIANCE)));
        return new Trial(
                number,
                covariance,
                teacher,
                samples(teacher, trainFactor, TRAIN_SAMPLES, random(number, Stream.TRAIN_INPUTS)),
                samples(teacher, testFactor, TEST_SAMPLES, random(number, Stream.TEST_INPUTS)),
                random(number, Stream.START).nextLong());
    }

    /** Trials that no reported number comes from, for the choice of hyperparameters. */
    public List<Trial> tuningTrials(Covariance covariance, int count) {
        return IntStream.range(0, count).mapToObj(i -> trial(covariance, -i)).toList();
    }

    private static TanhNetwork teacher(Random random) {
        return new TanhNetwork(IntStream.range(1, WIDTHS.size())
                .mapToObj(l -> sparse(WIDTHS.get(l), WIDTHS.get(l - 1), random))
                .toList());
    }

    private static Matrix sparse(int rows, int cols, Random random) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.values().length; i++) {
            boolean nonzero = random.nextDouble() < NONZERO;
            double value = random.nextDouble() - 0.5;
            matrix.values()[i] = nonzero ? value : 0;
        }
        return matrix;
    }

    private static Matrix uniform(Random random) {
        Matrix matrix = Matrix.zeros(WIDTHS.get(0), WIDTHS.get(0));
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = random.nextDouble() - 0.5;
        }
        return matrix;
    }

    private static Samples samples(TanhNetwork teacher, Matrix factor, int count, Random random) {
        Matrix normal = Matrix.zeros(factor.cols(), count);
        for (int i = 0; i < normal.values().length; i++) {
            normal.values()[i] = random.nextGaussian();
        }
        Matrix u = Lapack.times(factor, normal);
        return new Samples(u, teacher.predict(u));
    }

    private Random random(int number, Stream stream) {
        return new Random(mix(mix(mix(seed) + number) + stream.ordinal()));
    }

    /** The finalizer of SplitMix64: neighbouring numbers become seeds that have nothing to do with each other. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
