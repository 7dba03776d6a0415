package org.implicitdl.train.polish;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Curvature;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * The gradient g and the Gauss–Newton matrix H = ∑ Jᵀ∇²ΦJ of the training loss, of which products Hv alone are taken: time
 * and memory grow with the parameters and not with their square (Schraudolph, Fast curvature matrix-vector products, 2002;
 * Martens, Deep learning via Hessian-free optimization, 2010).
 *
 * <p>The preconditioner is diag(H) + μI, with the diagonal from one back-propagation of ∇²Φ = RRᵀ times random signs ε:
 * Jᵀ_jRε has the covariance J_jᵀ∇²ΦJ_j for a sample j, and its squares are summed. The signs are the same at every point.
 */
final class MatrixFreeSystem implements DampedDescent.QuadraticModel {
    /** A fixed number of partial sums, so that the result does not depend on the number of threads. */
    private static final int PARTS = 4;

    private static final int CONJUGATE_STEPS = 100;
    private static final double LEAST_ACCURACY = 0.1;

    private final List<Part> parts;
    private final double[] gradient;
    private final double[] diagonal;

    private MatrixFreeSystem(List<Part> parts) {
        this.parts = parts;
        this.gradient = sum(Part::gradient);
        this.diagonal = sum(Part::diagonal);
    }

    static MatrixFreeSystem of(FeedforwardModel model, TrainingSet data) {
        long samples = data.samples();
        return new MatrixFreeSystem(IntStream.range(0, PARTS)
                .parallel()
                .mapToObj(part -> Part.of(
                        model, data, part, (int) (part * samples / PARTS), (int) ((part + 1) * samples / PARTS)))
                .toList());
    }

    /** g, in the order of {@link FeedforwardModel#toVector}. */
    @Override
    public double[] gradient() {
        return gradient;
    }

    /** An estimate of the diagonal of H, without bias. */
    double[] diagonal() {
        return diagonal;
    }

    /** Hv. */
    double[] times(double[] v) {
        return sum(part -> part.times(v));
    }

    @Override
    public double largestDiagonal() {
        double max = 0;
        for (double entry : diagonal) {
            max = Math.max(max, entry);
        }
        return max;
    }

    /** More than where a factorization is as dear for any damping: a step that is rejected for too little takes longest. */
    @Override
    public double firstDamping() {
        return 0.1;
    }

    /**
     * A step to the relative residual √(μ/h), at most 0.1, for the largest entry h on the diagonal: while the damping is
     * far from a Newton step a rough solution will do, and where the damping dies out the steps become exact with it.
     */
    @Override
    public Optional<double[]> step(double damping) {
        double accuracy = Math.min(LEAST_ACCURACY, Math.sqrt(damping / largestDiagonal()));
        return Optional.of(step(damping, new ConjugateGradients(CONJUGATE_STEPS, accuracy)));
    }

    double[] step(double damping, ConjugateGradients method) {
        return method.solve(v -> damped(times(v), v, damping), r -> preconditioned(r, damping), gradient);
    }

    private static double[] damped(double[] image, double[] v, double damping) {
        for (int i = 0; i < v.length; i++) {
            image[i] += damping * v[i];
        }
        return image;
    }

    private double[] preconditioned(double[] residual, double damping) {
        double[] near = new double[residual.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = residual[i] / (diagonal[i] + damping);
        }
        return near;
    }

    private double[] sum(Function<Part, double[]> term) {
        List<double[]> terms = parts.parallelStream().map(term).toList();
        double[] sum = terms.get(0);
        for (double[] other : terms.subList(1, terms.size())) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other[i];
            }
        }
        return sum;
    }

    /** The terms of some of the samples. */
    private record Part(FeedforwardJacobian jacobian, Curvature curvature, Matrix residual, Matrix signs) {

        static Part of(FeedforwardModel model, TrainingSet data, int seed, int from, int to) {
            FeedforwardJacobian jacobian =
                    FeedforwardJacobian.of(model, data.u().part(0, data.u().rows(), from, to));
            Matrix output = jacobian.output();
            Matrix residual = model.last()
                    .activate(output)
                    .add(-1, data.y().part(0, data.y().rows(), from, to));
            return new Part(jacobian, model.last().link().curvature(output), residual, RandomSigns.like(output, seed));
        }

        double[] gradient() {
            return jacobian.transposeTimes(residual);
        }

        double[] diagonal() {
            return jacobian.squaresOfTransposeTimes(curvature.factorTimes(signs));
        }

        double[] times(double[] v) {
            return jacobian.transposeTimes(curvature.times(jacobian.times(v)));
        }
    }
}
