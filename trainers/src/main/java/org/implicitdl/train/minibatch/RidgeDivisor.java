package org.implicitdl.train.minibatch;

import java.util.Arrays;
import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * (G + ρI)⁻¹ for a positive semidefinite G that changes slowly, by its k largest eigenvalues:
 *
 * <p>(G + ρI)⁻¹ ≈ sI + V diag(1/(λᵢ + ρ) − s)Vᵀ, s = 1/(λ̄ + ρ),
 *
 * <p>where λ̄ is the mean of the other eigenvalues; exact, and s is 0, if there are no others. V follows G by one step of orthogonal
 * iteration (Golub and Van Loan, Matrix Computations, §8.2.4) at a time. A division costs 4knq for a gradient [n, q]
 * instead of 2n²q.
 */
final class RidgeDivisor {
    /** What k is at most: with ρ of twice the mean eigenvalue, few eigenvalues of images matter. */
    private static final int LARGEST = 64;

    private static final long SEED = 1;

    private final double damping;
    /** V [n, k]. */
    private final INDArray vectors;
    /** V diag(1/(λᵢ + ρ) − s). */
    private final INDArray scaled;

    private final INDArray image;
    /** s, in an array of its own to be saved with the others. */
    private final INDArray scale;
    /** Made when it is asked for. */
    private INDArray regression;

    RidgeDivisor(int n, double damping, DataType type) {
        this.damping = damping;
        int k = Math.min(n, LARGEST);
        this.vectors = orthonormal(n, k).toArray(type).dup('f');
        this.scaled = Nd4j.create(type, new long[] {n, k}, 'f');
        this.image = Nd4j.create(type, new long[] {n, k}, 'f');
        this.scale = Nd4j.scalar(type, 1);
    }

    private static Matrix orthonormal(int n, int k) {
        if (k == n) {
            return Matrix.identity(n);
        }
        return Lapack.svd(Matrix.copyOf(
                        Nd4j.getRandomFactory().getNewRandomInstance(SEED).nextGaussian(new long[] {n, k})))
                .u();
    }

    /** Goes over to another G. */
    void renew(INDArray g) {
        Blas.multiply(g, false, vectors, false, 0, image, false);
        Lapack.Svd svd = Lapack.svd(Matrix.copyOf(image));
        double[] eigenvalues = svd.singularValues();
        int n = svd.u().rows();
        double trace = trace(g);
        // Inputs that are all zero have no gradient either: any number will do.
        double rho = trace > 0 ? damping * trace / n : 1;
        double s = n == eigenvalues.length ? 0 : 1 / (meanOfOthers(trace, n, eigenvalues) + rho);
        double[] factors =
                Arrays.stream(eigenvalues).map(lambda -> 1 / (lambda + rho) - s).toArray();
        vectors.assign(svd.u().toArray(vectors.dataType()));
        scaled.assign(vectors).muliRowVector(Nd4j.createFromArray(factors).castTo(vectors.dataType()));
        scale.assign(s);
        regression = null;
    }

    private static double meanOfOthers(double trace, int n, double[] eigenvalues) {
        return Math.max(0, trace - Arrays.stream(eigenvalues).sum()) / (n - eigenvalues.length);
    }

    private static double trace(INDArray g) {
        return Nd4j.diag(g).sumNumber().doubleValue();
    }

    /** direction ← (G + ρI)⁻¹ times a gradient [n, q]. */
    void divide(INDArray gradient, INDArray direction) {
        INDArray projected =
                Nd4j.createUninitialized(gradient.dataType(), new long[] {vectors.columns(), gradient.columns()}, 'f');
        Blas.multiply(vectors, true, gradient, false, 0, projected, false);
        direction.assign(gradient).muli(scale);
        Blas.multiply(scaled, false, projected, false, 1, direction, false);
    }

    /** For H = (G + ρI)⁻¹ the matrix −H₂₁H₁₁⁻¹ [inputs − n, n], which is (G₂₂ + ρI)⁻¹G₂₁. */
    INDArray regressionOfFirst(int n) {
        if (regression == null) {
            Matrix first = Matrix.copyOf(vectors).part(0, n, 0, vectors.columns());
            Matrix h = Lapack.timesTranspose(first, Matrix.copyOf(scaled));
            Matrix corner = h.part(0, n, 0, n).addToDiagonal(scale.getDouble(0));
            regression = Lapack.cholesky(corner)
                    .orElseThrow(() -> new IllegalStateException("The inverse of a positive definite matrix is one."))
                    .solve(h.part(0, n, n, h.cols()))
                    .transpose()
                    .toArray(vectors.dataType())
                    .negi();
        }
        return regression;
    }

    void save(StateWriter writer) {
        writer.array(vectors);
        writer.array(scaled);
        writer.array(scale);
    }

    void restore(StateReader reader) {
        reader.into(vectors);
        reader.into(scaled);
        reader.into(scale);
        regression = null;
    }
}
