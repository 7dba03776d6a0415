package org.implicitdl.wellposed;

import java.util.Locale;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;

/**
 * A = pqᵀ with L|p|ᵀ|q| < 1 (§3.2), for componentwise φ. Since |A||p| = (|q|ᵀ|p|)|p|, the scaling s = |p| + ε1 makes the
 * map contract in the norm maxᵢ|xᵢ|/sᵢ; that is checked on A itself, not on its approximation by rank one.
 */
final class RankOneCriterion {
    /** The largest second singular value, relative to the first, of a matrix that counts as one of rank one. */
    private static final double TOLERANCE = 1e-12;

    private RankOneCriterion() {}

    static Finding test(LinearOperator a, Activation phi) {
        if (!phi.isComponentwise()) {
            return Finding.none(Condition.RANK_ONE, Reasons.NOT_COMPONENTWISE);
        }
        double lipschitz = phi.lipschitz();
        if (Double.isInfinite(lipschitz)) {
            return Finding.none(Condition.RANK_ONE, Reasons.NOT_LIPSCHITZ);
        }
        if (a.rows() > Criterion.DENSE_LIMIT) {
            return Finding.none(Condition.RANK_ONE, Reasons.tooLarge(a, Criterion.DENSE_LIMIT));
        }
        Lapack.Svd svd = Lapack.svd(Matrix.copyOf(a));
        double[] sigma = svd.singularValues();
        if (sigma[0] == 0) {
            return Finding.none(Condition.RANK_ONE, "A = 0 has rank zero");
        }
        if (sigma.length > 1 && sigma[1] > TOLERANCE * sigma[0]) {
            return Finding.none(
                    Condition.RANK_ONE,
                    String.format(
                            Locale.ROOT,
                            "the rank is not one: the second singular value is %.3g of the first",
                            sigma[1] / sigma[0]));
        }
        return certify(a, svd, lipschitz);
    }

    private static Finding certify(LinearOperator a, Lapack.Svd svd, double lipschitz) {
        int n = a.rows();
        double product = 0;
        double sumQ = 0;
        for (int i = 0; i < n; i++) {
            double q = svd.singularValues()[0] * Math.abs(svd.vt().get(0, i));
            product += Math.abs(svd.u().get(i, 0)) * q;
            sumQ += q;
        }
        String otherwise =
                String.format(Locale.ROOT, "|p|ᵀ|q| is %.6g, but must be below 1/L = %.6g", product, 1 / lipschitz);
        double spare = 1 - lipschitz * product;
        if (spare <= 0) {
            return Finding.none(Condition.RANK_ONE, otherwise);
        }
        // ε costs L ε‖q‖₁ of the rate: a hundredth of what is to spare.
        double epsilon = 0.01 * Math.min(1, spare / (lipschitz * sumQ));
        double[] s = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = Math.abs(svd.u().get(i, 0)) + epsilon;
        }
        return new ScaledRowSums(a).certify(Condition.RANK_ONE, s, lipschitz, otherwise);
    }
}
