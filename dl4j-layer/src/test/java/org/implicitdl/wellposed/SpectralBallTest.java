package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SpectralBallTest extends ConvexSetContract {

    @Override
    ConvexSet set() {
        return new SpectralBall(0.8);
    }

    @Override
    boolean holds(INDArray a) {
        return Lapack.svd(Matrix.copyOf(a)).singularValues()[0] <= 0.8;
    }

    /** A = UΣVᵀ of a known decomposition becomes U min(Σ, κ)Vᵀ, near the ball and far from it. */
    @ParameterizedTest
    @CsvSource({"40, 40, 1.2", "60, 25, 1.2", "25, 60, 3", "40, 40, 500", "30, 50, 1e9"})
    void singularValuesAreClippedAndVectorsKept(int rows, int cols, double largest) {
        Lapack.Svd svd = Lapack.svd(Equations.gaussian(new Random(rows), rows, cols, 1));
        int k = svd.singularValues().length;
        Matrix a = svd.u().copy();
        Matrix expected = svd.u().copy();
        for (int j = 0; j < k; j++) {
            // A third of them equal, and beyond the ball.
            double sigma = 3 * j < k ? largest : 1.3 * (k - j) / k;
            for (int i = 0; i < rows; i++) {
                a.set(i, j, sigma * a.get(i, j));
                expected.set(i, j, Math.min(sigma, 0.8) * expected.get(i, j));
            }
        }
        INDArray found = Lapack.times(a, svd.vt()).toArray(DataType.DOUBLE);
        assertThat(set().enforce(found)).isTrue();
        assertThat(holds(found)).isTrue();
        Matrix reference = Lapack.times(expected, svd.vt());
        for (int i = 0; i < reference.values().length; i++) {
            assertThat(Matrix.copyOf(found).values()[i])
                    .isCloseTo(reference.values()[i], within(1e-11 + 1e-14 * largest));
        }
        assertThat(set().enforce(found)).as("already inside").isFalse();
    }

    /** By polar factors, which Newton's iteration gives without singular values. */
    @Override
    Matrix slowProjection(Matrix a) {
        // With A = QH (polar), the projection is Q·½(H + κI − |H − κI|), and |M| = M·sign(M) for symmetric M.
        int n = a.rows();
        Matrix q = polar(a);
        Matrix h = Lapack.transposeTimes(q, a);
        Matrix shifted = combine(1, h, -0.8, Matrix.identity(n));
        Matrix absolute = Lapack.times(shifted, polar(shifted));
        Matrix half = combine(0.5, combine(1, h, 0.8, Matrix.identity(n)), -0.5, absolute);
        return Lapack.times(q, half);
    }

    /** The orthogonal polar factor by Newton's iteration Q ← ½(Q + Q⁻ᵀ), which for symmetric matrices is the sign. */
    private static Matrix polar(Matrix a) {
        Matrix q = a.copy();
        for (int k = 0; k < 80; k++) {
            q = combine(0.5, q, 0.5, inverse(q).transpose());
        }
        return q;
    }

    private static Matrix inverse(Matrix a) {
        int n = a.rows();
        Matrix inverse = Matrix.zeros(n, n);
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = Equations.solve(a, unit).orElseThrow();
            for (int i = 0; i < n; i++) {
                inverse.set(i, j, column[i]);
            }
        }
        return inverse;
    }

    private static Matrix combine(double s, Matrix a, double t, Matrix b) {
        Matrix sum = a.copy();
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] = s * a.values()[i] + t * b.values()[i];
        }
        return sum;
    }
}
