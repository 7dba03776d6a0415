package org.implicitdl.zoo.synthetic;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/** How the covariance Σ of the inputs u ~ N(0, Σ) of §7.1 comes from a random matrix M [p, p]. */
public enum Covariance {
    /**
     * As the paper is written: Σ = MMᵀ − λI with the smallest eigenvalue λ of MMᵀ, drawn independently for training and
     * test. Such a Σ is singular: the training inputs leave one direction of ℝᵖ out, and the test inputs do not, so the
     * test error says little about a fit.
     */
    PAPER("as in the paper (singular, independent for test)"),

    /** One positive definite Σ = MMᵀ for training and test. */
    SHARED("shared (positive definite, the same for test)");

    private final String description;

    Covariance(String description) {
        this.description = description;
    }

    /** The name in options and files. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What it is, for headings. */
    public String description() {
        return description;
    }

    /** Whether the test inputs have the covariance of the training inputs. */
    public boolean sameForTest() {
        return this == SHARED;
    }

    /**
     * A factor L with LLᵀ = Σ, by which standard normal vectors become inputs.
     *
     * @param m [p, p]
     */
    Matrix factor(Matrix m) {
        if (this == SHARED) {
            return m;
        }
        // M = Q diag(s) Vᵀ gives MMᵀ − λI = Q diag(s² − λ) Qᵀ, exactly singular in the last direction.
        Lapack.Svd svd = Lapack.svd(m);
        double[] s = svd.singularValues();
        double smallest = s[s.length - 1] * s[s.length - 1];
        Matrix factor = svd.u().copy();
        for (int j = 0; j < factor.cols(); j++) {
            double scale = Math.sqrt(s[j] * s[j] - smallest);
            for (int i = 0; i < factor.rows(); i++) {
                factor.set(i, j, scale * factor.get(i, j));
            }
        }
        return factor;
    }
}
