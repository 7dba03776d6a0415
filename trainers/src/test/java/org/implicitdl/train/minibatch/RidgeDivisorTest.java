package org.implicitdl.train.minibatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RidgeDivisorTest {
    private static final double DAMPING = 0.5;

    /** A symmetric matrix with given eigenvalues and random eigenvectors. */
    private static Matrix withEigenvalues(int n, IntToDoubleFunction eigenvalue) {
        Matrix q = Lapack.svd(Matrix.copyOf(
                        Nd4j.getRandomFactory().getNewRandomInstance(5).nextGaussian(new long[] {n, n})))
                .u();
        Matrix scaled = q.copy();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                scaled.set(i, j, q.get(i, j) * eigenvalue.applyAsDouble(j));
            }
        }
        return Lapack.timesTranspose(scaled, q);
    }

    private static double rho(int n, IntToDoubleFunction eigenvalue) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += eigenvalue.applyAsDouble(i);
        }
        return DAMPING * sum / n;
    }

    /** The divisor as a matrix, against the inverse by Cholesky's factors: the largest singular value of the difference. */
    private static double error(int n, IntToDoubleFunction eigenvalue, int renewals) {
        Matrix g = withEigenvalues(n, eigenvalue);
        RidgeDivisor divisor = new RidgeDivisor(n, DAMPING, DataType.DOUBLE);
        for (int i = 0; i < renewals; i++) {
            divisor.renew(g.toArray(DataType.DOUBLE));
        }
        INDArray found = Nd4j.create(DataType.DOUBLE, new long[] {n, n}, 'f');
        divisor.divide(Matrix.identity(n).toArray(DataType.DOUBLE), found);
        Matrix exact = Lapack.cholesky(g.copy().addToDiagonal(rho(n, eigenvalue)))
                .orElseThrow()
                .solve(Matrix.identity(n));
        return Lapack.svd(Matrix.copyOf(found).plus(-1, exact)).singularValues()[0];
    }

    @Test
    void isTheInverseItselfForAsManyInputsAsVectors() {
        assertThat(error(40, i -> Math.exp(-i / 4.0), 1)).isLessThan(1e-10);
    }

    @Test
    void theRegressionOfTheFirstInputsOnTheOthersIsThatOfTheNormalEquations() {
        int n = 30;
        int first = 4;
        IntToDoubleFunction eigenvalue = i -> 1.0 / (i + 1);
        Matrix g = withEigenvalues(n, eigenvalue);
        RidgeDivisor divisor = new RidgeDivisor(n, DAMPING, DataType.DOUBLE);
        divisor.renew(g.toArray(DataType.DOUBLE));

        Matrix expected = Lapack.cholesky(g.part(first, n, first, n).addToDiagonal(rho(n, eigenvalue)))
                .orElseThrow()
                .solve(g.part(first, n, 0, first));
        assertThat(Matrix.copyOf(divisor.regressionOfFirst(first))
                        .plus(-1, expected)
                        .maxAbs())
                .isLessThan(1e-12);
    }

    @Test
    void differsFromTheInverseOnlyByTheSpreadOfTheEigenvaluesBeyondTheVectors() {
        int n = 120;
        IntToDoubleFunction eigenvalue = i -> Math.pow(i + 1, -2);
        double rho = rho(n, eigenvalue);
        double mean = 0;
        for (int i = 64; i < n; i++) {
            mean += eigenvalue.applyAsDouble(i) / (n - 64);
        }
        double spread = Math.max(
                1 / (mean + rho) - 1 / (eigenvalue.applyAsDouble(64) + rho),
                1 / (eigenvalue.applyAsDouble(n - 1) + rho) - 1 / (mean + rho));

        assertThat(error(n, eigenvalue, 100)).isLessThan(1.05 * spread);
        assertThat(spread * rho).isLessThan(0.02);
    }

    @Test
    void zeroMomentsAreDividedWithoutNotANumber() {
        RidgeDivisor divisor = new RidgeDivisor(70, DAMPING, DataType.FLOAT);
        divisor.renew(Nd4j.create(DataType.FLOAT, new long[] {70, 70}, 'f'));
        INDArray direction = Nd4j.create(DataType.FLOAT, new long[] {70, 2}, 'f');
        divisor.divide(Nd4j.zeros(DataType.FLOAT, 70, 2), direction);
        assertThat(direction.maxNumber().doubleValue()).isZero();
    }
}
