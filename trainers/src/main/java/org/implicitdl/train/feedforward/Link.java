package org.implicitdl.train.feedforward;

import org.implicitdl.operator.Matrix;

/**
 * What ties the states of a layer to its weighted input s: a map φ = ∇Φ of a convex potential Φ, with the Fenchel
 * divergence f(x, s) = φ*(x) + Φ(s) − xᵀs of §4.1.
 *
 * <p>A convex loss is the link of the last layer: the squared loss ½‖y − ŷ‖² is the divergence of the identity, the
 * cross-entropy (4) is that of the softmax. Every block of the relaxed problem then has one and the same form.
 *
 * <p>Vectors are stretches of n entries of plain arrays, from an offset on.
 */
public sealed interface Link permits ComponentwiseLink, SoftmaxLink {

    /** Φ(s). */
    double potential(double[] s, int offset, int n);

    /** φ(s), written to {@code out} at the same offset. */
    void values(double[] s, double[] out, int offset, int n);

    /** φ*(x), the part of the divergence that does not depend on s; +∞ outside the domain. */
    double conjugate(double[] x, int offset, int n);

    /**
     * The curvature of Φ, multiplied to a matrix: out = RᵀM, where ∇²Φ(s) = RRᵀ.
     *
     * @param s the point [n], at the offset
     * @param values φ(s), at the same offset
     * @param m [n, k]
     * @param out [n, k], overwritten
     */
    void curvatureFactorTimes(double[] s, double[] values, int offset, Matrix m, Matrix out);

    /** ∇²Φ at weighted inputs S [n, m], sample by sample. */
    Curvature curvature(Matrix s);

    /** A bound on the largest eigenvalue of ∇²Φ. */
    double curvatureBound();

    /** φ(S), sample by sample. */
    default Matrix values(Matrix s) {
        Matrix image = Matrix.zeros(s.rows(), s.cols());
        Parallel.overSamples(s.cols(), (from, to) -> {
            for (int j = from; j < to; j++) {
                values(s.values(), image.values(), j * s.rows(), s.rows());
            }
        });
        return image;
    }

    /** The divergence ∑ f(x, s) over the samples, less the part ∑ φ*(x). */
    default double divergence(Matrix x, Matrix s) {
        return Parallel.sumOverSamples(s.cols(), (from, to) -> {
            double sum = 0;
            int n = s.rows();
            for (int j = from; j < to; j++) {
                sum += potential(s.values(), j * n, n);
                for (int i = j * n; i < (j + 1) * n; i++) {
                    sum -= x.values()[i] * s.values()[i];
                }
            }
            return sum;
        });
    }

    /** The loss ∑ f(y, s) over the samples: ½‖Y − S‖²_F, or the cross-entropy (4) less the entropy of Y. */
    default double loss(Matrix y, Matrix s) {
        double sum = 0;
        for (int j = 0; j < y.cols(); j++) {
            sum += conjugate(y.values(), j * y.rows(), y.rows());
        }
        return divergence(y, s) + sum;
    }
}
