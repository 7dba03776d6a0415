package org.implicitdl.train.polish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * The gradient g and the Gauss–Newton matrix H = ∑ Jᵀ∇²ΦJ of the training loss, summed over the samples.
 *
 * <p>The Jacobian of a layer's weights is E ⊗ xᵀ, with the sensitivity E of the output to the layer's weighted input and
 * the layer's input x. The block of H for two layers is therefore ∑ (EᵀE') ⊗ (xx'ᵀ): a product of two thin matrices over
 * the samples, which costs q times less than the product of the Jacobians for q outputs.
 */
final class GaussNewtonSystem implements DampedDescent.QuadraticModel {
    /** A fixed number of partial sums, so that the result does not depend on the number of threads. */
    private static final int PARTS = 2;
    /** Samples whose factors are collected before they are multiplied. */
    private static final int BATCH = 256;

    private final Matrix hessian;
    private final Matrix gradient;

    private GaussNewtonSystem(Matrix hessian, Matrix gradient) {
        this.hessian = hessian;
        this.gradient = gradient;
    }

    static GaussNewtonSystem of(FeedforwardModel model, TrainingSet data) {
        List<Matrix> weighted = model.weightedInputs(data.u());
        int samples = data.samples();
        List<Part> parts = IntStream.range(0, PARTS)
                .parallel()
                .mapToObj(part -> new Part(model, data, weighted)
                        .over((int) ((long) part * samples / PARTS), (int) ((long) (part + 1) * samples / PARTS)))
                .toList();
        Part sum = parts.get(0);
        parts.subList(1, PARTS).forEach(sum::add);
        return new GaussNewtonSystem(sum.hessian(), sum.gradient);
    }

    /** H, of which the upper triangle is filled. */
    Matrix hessian() {
        return hessian;
    }

    /** g, in the order of {@link FeedforwardModel#toVector}. */
    @Override
    public double[] gradient() {
        return gradient.values();
    }

    @Override
    public double largestDiagonal() {
        double max = 0;
        for (int i = 0; i < hessian.rows(); i++) {
            max = Math.max(max, hessian.get(i, i));
        }
        return max;
    }

    @Override
    public Optional<double[]> step(double damping) {
        return Lapack.cholesky(hessian.copy().addToDiagonal(damping))
                .map(factor -> factor.solve(gradient).values());
    }

    /** The sums over some of the samples. */
    private static final class Part {
        private final FeedforwardModel model;
        private final LayerFactors factors;
        private final List<LayerPair> pairs = new ArrayList<>();
        private final Matrix gradient;

        Part(FeedforwardModel model, TrainingSet data, List<Matrix> weighted) {
            this.model = model;
            this.factors = new LayerFactors(model, data, weighted, BATCH);
            this.gradient = Matrix.zeros(model.parameters(), 1);
            for (int first = 0; first < model.depth(); first++) {
                for (int second = first; second < model.depth(); second++) {
                    pairs.add(new LayerPair(model, first, second, BATCH));
                }
            }
        }

        Part over(int from, int to) {
            for (int start = from; start < to; start += BATCH) {
                int count = Math.min(BATCH, to - start);
                factors.collect(start, count, gradient.values());
                pairs.forEach(pair -> pair.add(factors, count));
            }
            return this;
        }

        void add(Part other) {
            for (int i = 0; i < pairs.size(); i++) {
                pairs.get(i).add(other.pairs.get(i));
            }
            for (int i = 0; i < gradient.rows(); i++) {
                gradient.values()[i] += other.gradient.values()[i];
            }
        }

        Matrix hessian() {
            Matrix hessian = Matrix.zeros(model.parameters(), model.parameters());
            pairs.forEach(pair -> pair.writeTo(hessian));
            return hessian;
        }
    }
}
