package org.implicitdl.convert.certify;

import java.util.Arrays;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Upper bounds of spectral norms ‖M‖₂; the power method on M itself would give lower ones. Small dense matrices are exact
 * up to rounding. Others take ‖M‖₂² ≤ ρ(|M|ᵀ|M|) ≤ maxᵢ(|M|ᵀ|M|s)ᵢ/sᵢ, which holds for every s > 0 (Collatz and
 * Wielandt) and gets tighter with the power method on |M|ᵀ|M|.
 */
final class SpectralBound {
    private static final int DENSE_ORDER = 1024;
    private static final long DENSE_ENTRIES = 1L << 22;
    private static final int STEPS = 30;

    private SpectralBound() {}

    static double of(LinearOperator m) {
        if (m.isZero()) {
            return 0;
        }
        if (m instanceof IdentityOperator) {
            return 1;
        }
        if (m instanceof DiagonalOperator) {
            return m.normInf() * (1 + 0x1p-50);
        }
        if (m instanceof BlockOperator blocks) {
            return ofBlocks(blocks);
        }
        boolean isSmall = Math.min(m.rows(), m.cols()) <= DENSE_ORDER && (long) m.rows() * m.cols() <= DENSE_ENTRIES;
        return m instanceof DenseOperator && isSmall ? ofDense(m) : ofAbsolute(m);
    }

    /** ‖(‖Mᵢⱼ‖₂)‖₂ of the matrix of norms, which is the norm itself for a single block. */
    private static double ofBlocks(BlockOperator m) {
        Matrix norms = Matrix.zeros(m.rowBlocks().count(), m.colBlocks().count());
        for (int i = 0; i < norms.rows(); i++) {
            for (int j = 0; j < norms.cols(); j++) {
                norms.set(i, j, of(m.block(i, j)));
            }
        }
        return ofEntries(norms);
    }

    private static double ofDense(LinearOperator m) {
        return ofEntries(Matrix.copyOf(m.toDense(DataType.DOUBLE)));
    }

    private static double ofEntries(Matrix m) {
        Matrix wide = m.rows() <= m.cols() ? m : m.transpose();
        double[] eigenvalues = Lapack.symmetricEigenvalues(Lapack.gram(wide));
        double largest = Math.max(0, eigenvalues[eigenvalues.length - 1]);
        // The products are rounded relative to ‖M‖_F², the eigenvalues relative to the largest.
        double square = largest + Outward.sums(wide.cols() + 8L * wide.rows()) * Math.pow(m.frobeniusNorm(), 2);
        return Math.sqrt(square) * (1 + 0x1p-50);
    }

    private static double ofAbsolute(LinearOperator m) {
        LinearOperator abs = m.abs();
        LinearOperator transposed = abs.transpose();
        INDArray s = Nd4j.ones(DataType.DOUBLE, m.cols(), 1);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < STEPS; k++) {
            INDArray next = transposed.times(abs.times(s));
            double quotient = next.div(s).maxNumber().doubleValue();
            boolean worthwhile = quotient < least * (1 - 1e-4);
            least = Math.min(least, quotient);
            double largest = next.maxNumber().doubleValue();
            if (!worthwhile || largest == 0) {
                break;
            }
            // Kept positive: any s > 0 gives a bound.
            s = next.divi(largest).addi(1e-9);
        }
        return Math.sqrt(least * (1 + 2 * Outward.sums((long) m.rows() + m.cols())));
    }

    /** The root of a sum of squares of the norms of the blocks of one row. */
    static double ofRow(BlockOperator m, int row) {
        double[] norms = new double[m.colBlocks().count()];
        Arrays.setAll(norms, j -> of(m.block(row, j)));
        return Math.sqrt(Arrays.stream(norms).map(norm -> norm * norm).sum()) * (1 + 0x1p-50);
    }
}
