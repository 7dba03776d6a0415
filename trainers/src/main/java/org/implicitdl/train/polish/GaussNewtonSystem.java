package org.implicitdl.train.polish;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * The gradient g and the Gauss–Newton matrix H = ∑ JᵀRRᵀJ of the training loss, where ∇²Φ(s) = RRᵀ for the link of the
 * loss, summed over the samples.
 */
final class GaussNewtonSystem {
    /** A fixed number of partial sums, so that the result does not depend on the number of threads. */
    private static final int PARTS = 2;
    /** Columns of RᵀJ that are collected before they are multiplied. */
    private static final int COLUMNS = 1024;

    private final Matrix hessian;
    private final Matrix gradient;

    private GaussNewtonSystem(Matrix hessian, Matrix gradient) {
        this.hessian = hessian;
        this.gradient = gradient;
    }

    static GaussNewtonSystem of(FeedforwardModel model, TrainingSet data) {
        List<Matrix> weighted = model.weightedInputs(data.u());
        int samples = data.samples();
        List<GaussNewtonSystem> parts = IntStream.range(0, PARTS)
                .parallel()
                .mapToObj(part -> part(model, data, weighted, (int) ((long) part * samples / PARTS), (int)
                        ((long) (part + 1) * samples / PARTS)))
                .toList();
        GaussNewtonSystem sum = parts.get(0);
        for (GaussNewtonSystem part : parts.subList(1, PARTS)) {
            add(part.hessian, sum.hessian);
            add(part.gradient, sum.gradient);
        }
        return sum;
    }

    private static GaussNewtonSystem part(
            FeedforwardModel model, TrainingSet data, List<Matrix> weighted, int from, int to) {
        int size = model.parameters();
        int q = model.last().outputs();
        Matrix hessian = Matrix.zeros(size, size);
        Matrix gradient = Matrix.zeros(size, 1);
        OutputSensitivity sensitivity = new OutputSensitivity(model, data, weighted);
        int perBatch = Math.max(1, COLUMNS / q);
        for (int start = from; start < to; start += perBatch) {
            int end = Math.min(to, start + perBatch);
            Matrix rows = Matrix.zeros(size, (end - start) * q);
            for (int j = start; j < end; j++) {
                sensitivity.write(j, rows, (j - start) * q, gradient.values());
            }
            Lapack.addGram(rows, hessian);
        }
        return new GaussNewtonSystem(hessian, gradient);
    }

    double largestDiagonal() {
        double max = 0;
        for (int i = 0; i < hessian.rows(); i++) {
            max = Math.max(max, hessian.get(i, i));
        }
        return max;
    }

    /** δ = (H + μI)⁻¹g, or empty if the matrix is not positive definite to rounding. */
    Optional<double[]> step(double damping) {
        Matrix shifted = hessian.copy();
        for (int i = 0; i < shifted.rows(); i++) {
            shifted.values()[i * (shifted.rows() + 1)] += damping;
        }
        return Lapack.cholesky(shifted).map(factor -> factor.solve(gradient).values());
    }

    /** The decrease gᵀδ − ½δᵀHδ = ½δᵀ(g + μδ) that the quadratic model promises for θ − δ. */
    double predictedDecrease(double[] step, double damping) {
        double sum = 0;
        for (int i = 0; i < step.length; i++) {
            sum += step[i] * (gradient.values()[i] + damping * step[i]);
        }
        return 0.5 * sum;
    }

    private static void add(Matrix part, Matrix sum) {
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] += part.values()[i];
        }
    }
}
