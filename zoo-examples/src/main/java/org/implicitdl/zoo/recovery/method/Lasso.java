package org.implicitdl.zoo.recovery.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.descent.QuadraticFunction;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.penalty.L1Norm;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryTrial;

/**
 * The Lasso: min ½‖Y − W[U; 1]‖² + λ‖W‖₁ for a linear model, with λ by five-fold cross-validation. The constant is taken off
 * by centering.
 */
record Lasso() implements RecoveryMethod {
    private static final int FOLDS = 5;
    private static final int LAMBDAS = 30;
    private static final double RANGE = 1e-3;
    private static final ProximalGradient METHOD =
            ProximalGradient.withDefaults().withTolerance(1e-6);

    @Override
    public String id() {
        return "lasso";
    }

    @Override
    public String name() {
        return "Lasso";
    }

    @Override
    public String settings() {
        return "λ of least error in " + FOLDS + "-fold cross-validation, of " + LAMBDAS
                + " values; support: coefficients that are not 0";
    }

    @Override
    public Recovery recover(RecoveryTrial trial) {
        TrainingSet data = trial.train();
        double[] lambdas = lambdas(data);
        double[] errors = new double[lambdas.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            Linear rest = Linear.of(part(data, j -> j % FOLDS != held));
            TrainingSet out = part(data, j -> j % FOLDS == held);
            List<Matrix> path = rest.path(lambdas);
            for (int i = 0; i < lambdas.length; i++) {
                errors[i] += rest.squaredError(path.get(i), out);
            }
        }
        int best = IntStream.range(0, lambdas.length)
                .boxed()
                .min((i, j) -> Double.compare(errors[i], errors[j]))
                .orElseThrow();
        Linear all = Linear.of(data);
        Matrix w = all.path(Arrays.copyOf(lambdas, best + 1)).get(best);
        double[] scores = Arrays.stream(w.values()).map(Math::abs).toArray();
        List<Integer> support = IntStream.range(0, scores.length)
                .filter(j -> scores[j] > 0)
                .boxed()
                .toList();
        return new Recovery(scores, support, OptionalDouble.empty(), u -> all.predict(w, u));
    }

    /** From the λ of which all coefficients are 0 on, in equal ratios. */
    private static double[] lambdas(TrainingSet data) {
        Linear linear = Linear.of(data);
        double largest =
                Lapack.timesTranspose(linear.centered.y(), linear.centered.u()).maxAbs();
        return IntStream.range(0, LAMBDAS)
                .mapToDouble(i -> largest * Math.pow(RANGE, i / (LAMBDAS - 1.0)))
                .toArray();
    }

    private static TrainingSet part(TrainingSet data, java.util.function.IntPredicate isIn) {
        int[] samples = IntStream.range(0, data.samples()).filter(isIn).toArray();
        return new TrainingSet(columns(data.u(), samples), columns(data.y(), samples));
    }

    private static Matrix columns(Matrix m, int[] samples) {
        Matrix part = Matrix.zeros(m.rows(), samples.length);
        for (int k = 0; k < samples.length; k++) {
            System.arraycopy(m.values(), samples[k] * m.rows(), part.values(), k * m.rows(), m.rows());
        }
        return part;
    }

    /** Data with their means taken off. */
    private record Linear(TrainingSet centered, double[] inputMeans, double[] outputMeans) {

        static Linear of(TrainingSet data) {
            double[] u = means(data.u());
            double[] y = means(data.y());
            return new Linear(new TrainingSet(minus(data.u(), u), minus(data.y(), y)), u, y);
        }

        /** The coefficients [q, p] for every λ, each from the one before. */
        List<Matrix> path(double[] lambdas) {
            QuadraticFunction loss = QuadraticFunction.leastSquares(centered.u(), centered.y());
            List<Matrix> path = new ArrayList<>();
            Matrix w = Matrix.zeros(centered.y().rows(), centered.u().rows());
            for (double lambda : lambdas) {
                w = METHOD.minimize(loss, new L1Norm(lambda), w).w();
                path.add(w);
            }
            return path;
        }

        Matrix predict(Matrix w, Matrix u) {
            Matrix prediction = Lapack.times(w, minus(u, inputMeans));
            for (int i = 0; i < prediction.values().length; i++) {
                prediction.values()[i] += outputMeans[i % prediction.rows()];
            }
            return prediction;
        }

        double squaredError(Matrix w, TrainingSet data) {
            Matrix prediction = predict(w, data.u());
            double sum = 0;
            for (int i = 0; i < prediction.values().length; i++) {
                double error = prediction.values()[i] - data.y().values()[i];
                sum += error * error;
            }
            return sum;
        }

        private static double[] means(Matrix m) {
            double[] means = new double[m.rows()];
            for (int i = 0; i < m.values().length; i++) {
                means[i % m.rows()] += m.values()[i] / m.cols();
            }
            return means;
        }

        private static Matrix minus(Matrix m, double[] means) {
            Matrix centered = m.copy();
            for (int i = 0; i < centered.values().length; i++) {
                centered.values()[i] -= means[i % m.rows()];
            }
            return centered;
        }
    }
}
