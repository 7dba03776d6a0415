package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/** The norm ‖M‖₂ = σmax(M), as the root of the largest eigenvalue of MMᵀ. */
final class SpectralNorm {
    private SpectralNorm() {}

    static double of(Matrix m) {
        double scale = m.maxAbs();
        if (scale == 0) {
            return 0;
        }
        Matrix scaled = m.copy();
        double[] values = scaled.values();
        for (int i = 0; i < values.length; i++) {
            values[i] /= scale;
        }
        double[] eigenvalues = Lapack.symmetricEigenvalues(Lapack.gram(scaled));
        return scale * Math.sqrt(Math.max(0, eigenvalues[eigenvalues.length - 1]));
    }
}
