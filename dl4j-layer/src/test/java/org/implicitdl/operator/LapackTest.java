package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LapackTest {

    static Stream<int[]> shapes() {
        return Stream.of(new int[][] {{1, 1}, {1, 5}, {5, 1}, {7, 3}, {3, 7}, {20, 20}});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void productsAreThoseOfThePlainLoops(int[] shape) {
        Matrix a = Numbers.normal(1, shape[0], shape[1]);
        Matrix b = Numbers.normal(2, shape[1], 4);
        Matrix c = Numbers.normal(3, shape[0], 4);
        assertThat(Numbers.distance(Lapack.times(a, b), Numbers.times(a, b))).isLessThan(1e-13);
        assertThat(Numbers.distance(Lapack.transposeTimes(a, c), Numbers.times(a.transpose(), c)))
                .isLessThan(1e-13);
        assertThat(Numbers.distance(Lapack.timesTranspose(a, b.transpose()), Numbers.times(a, b)))
                .isLessThan(1e-13);
        assertThat(Numbers.distance(Lapack.gram(a), Numbers.times(a, a.transpose())))
                .isLessThan(1e-13);
    }

    @Test
    void productsOverNothingAreZero() {
        assertThat(Lapack.times(Matrix.zeros(2, 0), Matrix.zeros(0, 3))).isEqualTo(Matrix.zeros(2, 3));
        assertThat(Lapack.times(Matrix.zeros(0, 2), Matrix.zeros(2, 3))).isEqualTo(Matrix.zeros(0, 3));
        assertThat(Lapack.gram(Matrix.zeros(3, 0))).isEqualTo(Matrix.zeros(3, 3));
        assertThat(Lapack.gram(Matrix.zeros(0, 3))).isEqualTo(Matrix.zeros(0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 60})
    void choleskySolvesPositiveDefiniteSystems(int n) {
        Matrix root = Numbers.normal(4, n, n + 5);
        Matrix s = Lapack.gram(root);
        Matrix b = Numbers.normal(5, n, 3);
        Matrix sBefore = s.copy();
        Matrix bBefore = b.copy();
        Matrix x = Lapack.cholesky(s).orElseThrow().solve(b);
        assertThat(Numbers.distance(Numbers.times(s, x), b)).isLessThan(1e-11 * s.maxAbs());
        Matrix inverse = Lapack.cholesky(s).orElseThrow().inverse();
        assertThat(inverse).isEqualTo(inverse.transpose());
        assertThat(Numbers.distance(Numbers.times(s, inverse), Matrix.identity(n)))
                .isLessThan(1e-11 * s.maxAbs());
        assertThat(s).isEqualTo(sBefore);
        assertThat(b).isEqualTo(bBefore);
    }

    @Test
    void choleskyReadsTheUpperTriangleAlone() {
        Matrix s = Matrix.ofRows(new double[] {4, 2}, new double[] {99, 3});
        Matrix x = Lapack.cholesky(s).orElseThrow().solve(Matrix.ofRows(new double[] {8}, new double[] {7}));
        // [4 2; 2 3] x = [8; 7] has the solution (10, 12)/8.
        assertThat(x.values()).containsExactly(new double[] {1.25, 1.5}, within(1e-15));
    }

    @Test
    void aFactorMayBeUsedAgain() {
        Lapack.Cholesky factor =
                Lapack.cholesky(Matrix.ofRows(new double[] {4})).orElseThrow();
        assertThat(factor.solve(Matrix.ofRows(new double[] {8})).get(0, 0)).isEqualTo(2);
        assertThat(factor.solve(Matrix.ofRows(new double[] {4, 12})).values()).containsExactly(1, 3);
        assertThatThrownBy(() -> factor.solve(Matrix.zeros(2, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("order 1")
                .hasMessageContaining("has 2");
    }

    @Test
    void matricesThatAreNotPositiveDefiniteHaveNoFactor() {
        assertThat(Lapack.cholesky(Matrix.ofRows(new double[] {0}))).isEmpty();
        assertThat(Lapack.cholesky(Matrix.ofRows(new double[] {1, 2}, new double[] {2, 1})))
                .isEmpty();
        assertThat(Lapack.cholesky(Matrix.ofRows(new double[] {1, 1}, new double[] {1, 1})))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void leastSquaresLeavesAResidualOrthogonalToTheColumns(int[] shape) {
        Matrix a = Numbers.normal(6, shape[0], shape[1]);
        Matrix b = Numbers.normal(7, shape[0], 3);
        Matrix x = Lapack.leastSquares(a, b);
        assertThat(x.rows()).isEqualTo(shape[1]);
        assertLeastNormSolution(a, b, x);
    }

    @Test
    void leastSquaresOfDeficientRankHasTheLeastNorm() {
        Matrix a = Numbers.times(Numbers.normal(8, 9, 2), Numbers.normal(9, 2, 6));
        Matrix b = Numbers.normal(10, 9, 4);
        assertLeastNormSolution(a, b, Lapack.leastSquares(a, b));
        Matrix ones = Matrix.ofRows(new double[] {1, 1}, new double[] {1, 1});
        Matrix x = Lapack.leastSquares(ones, Matrix.ofRows(new double[] {1}, new double[] {3}));
        assertThat(x.values()).containsExactly(new double[] {1, 1}, within(1e-15));
        assertThat(Lapack.leastSquares(Matrix.zeros(2, 2), Matrix.identity(2))).isEqualTo(Matrix.zeros(2, 2));
    }

    /** Aᵀ(AX − B) = 0, and X in the range of Aᵀ: what is orthogonal to the rows of A is orthogonal to X. */
    private static void assertLeastNormSolution(Matrix a, Matrix b, Matrix x) {
        Matrix at = a.transpose();
        assertThat(Numbers.distance(Numbers.times(at, Numbers.times(a, x)), Numbers.times(at, b)))
                .isLessThan(1e-11);
        Matrix v = Lapack.svd(a).vt();
        double[] s = Lapack.svd(a).singularValues();
        Matrix projected = Matrix.zeros(x.rows(), x.cols());
        Matrix coefficients = Numbers.times(v, x);
        for (int k = 0; k < s.length; k++) {
            for (int i = 0; i < x.rows() && s[k] > 1e-10; i++) {
                for (int j = 0; j < x.cols(); j++) {
                    projected.set(i, j, projected.get(i, j) + v.get(k, i) * coefficients.get(k, j));
                }
            }
        }
        assertThat(Numbers.distance(projected, x)).isLessThan(1e-11);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void singularValueDecompositionMultipliesBackToTheMatrix(int[] shape) {
        Matrix m = Numbers.normal(11, shape[0], shape[1]);
        Matrix before = m.copy();
        Lapack.Svd svd = Lapack.svd(m);
        int k = Math.min(shape[0], shape[1]);
        assertThat(svd.singularValues()).hasSize(k).isSortedAccordingTo((p, q) -> Double.compare(q, p));
        Matrix scaled = svd.u().copy();
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] *= svd.singularValues()[i / shape[0]];
        }
        assertThat(Numbers.distance(Numbers.times(scaled, svd.vt()), m)).isLessThan(1e-13);
        assertThat(Numbers.distance(Numbers.times(svd.u().transpose(), svd.u()), Matrix.identity(k)))
                .isLessThan(1e-13);
        assertThat(Numbers.distance(Numbers.times(svd.vt(), svd.vt().transpose()), Matrix.identity(k)))
                .isLessThan(1e-13);
        assertThat(m).isEqualTo(before);
    }

    /** The matrix with 2 on its diagonal and −1 beside it has the eigenvalues 2 − 2cos(kπ/(n+1)). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 25})
    void symmetricEigenvaluesAreThoseOfTheClosedForm(int n) {
        Matrix s = Matrix.zeros(n, n);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            s.set(i, i, 2);
            expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (n + 1));
            if (i > 0) {
                s.set(i - 1, i, -1);
                s.set(i, i - 1, 99); // The lower triangle is not read.
            }
        }
        assertThat(Lapack.symmetricEigenvalues(s)).containsExactly(expected, within(1e-14));
        assertThat(s.get(n - 1, n - 1)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 25})
    void eigenpairsAboveABoundAreThoseAndNoOthers(int n) {
        Matrix s = Lapack.gram(Numbers.normal(9, n, n));
        double[] all = Lapack.symmetricEigenvalues(s);
        double bound = n == 1 ? 0 : 0.5 * (all[n / 2] + all[n / 2 - 1]);
        Lapack.Eigenpairs pairs = Lapack.symmetricEigenpairsAbove(bound, s);
        assertThat(pairs.values()).containsExactly(Arrays.copyOfRange(all, n / 2, n), within(1e-13 * all[n - 1]));
        Matrix v = pairs.vectors();
        assertThat(Numbers.distance(Numbers.times(v.transpose(), v), Matrix.identity(v.cols())))
                .isLessThan(1e-13);
        Matrix scaled = v.copy();
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] *= pairs.values()[i / n];
        }
        assertThat(Numbers.distance(Numbers.times(s, v), scaled)).isLessThan(1e-12 * all[n - 1]);
        assertThat(Lapack.symmetricEigenpairsAbove(2 * all[n - 1], s).values()).isEmpty();
    }

    @Test
    void emptyMatricesHaveEmptyAnswers() {
        Matrix none = Matrix.zeros(0, 0);
        assertThat(Lapack.cholesky(none).orElseThrow().solve(Matrix.zeros(0, 2)))
                .isEqualTo(Matrix.zeros(0, 2));
        assertThat(Lapack.cholesky(Matrix.identity(2)).orElseThrow().solve(Matrix.zeros(2, 0)))
                .isEqualTo(Matrix.zeros(2, 0));
        assertThat(Lapack.symmetricEigenvalues(none)).isEmpty();
        assertThat(Lapack.svd(Matrix.zeros(0, 3)).singularValues()).isEmpty();
        assertThat(Lapack.svd(Matrix.zeros(3, 0)).vt()).isEqualTo(Matrix.zeros(0, 0));
        assertThat(Lapack.leastSquares(Matrix.zeros(0, 3), Matrix.zeros(0, 2))).isEqualTo(Matrix.zeros(3, 2));
        assertThat(Lapack.leastSquares(Matrix.zeros(3, 0), Matrix.zeros(3, 2))).isEqualTo(Matrix.zeros(0, 2));
        assertThat(Lapack.leastSquares(Matrix.identity(3), Matrix.zeros(3, 0))).isEqualTo(Matrix.zeros(3, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void numbersThatAreNotFiniteAreRefusedWithTheirPlace(double bad) {
        Matrix m = Matrix.identity(3);
        m.set(0, 1, bad);
        List<ThrowingCallable> calls = List.of(
                () -> Lapack.cholesky(m),
                () -> Lapack.svd(m),
                () -> Lapack.symmetricEigenvalues(m),
                () -> Lapack.symmetricEigenpairsAbove(0, m),
                () -> Lapack.leastSquares(m, Matrix.identity(3)),
                () -> Lapack.leastSquares(Matrix.identity(3), m),
                () -> Lapack.cholesky(Matrix.identity(3)).orElseThrow().solve(m));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("entry (0, 1) is " + bad);
        }
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        Matrix wide = Matrix.zeros(2, 3);
        assertThatThrownBy(() -> Lapack.cholesky(wide))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> Lapack.symmetricEigenvalues(wide))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("square");
        assertThatThrownBy(() -> Lapack.leastSquares(wide, Matrix.zeros(3, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 and 3");
        assertThatThrownBy(() -> Lapack.times(wide, wide))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("matrix [2, 3] and matrix [2, 3]")
                .hasMessageContaining("inner sizes differ");
        assertThatThrownBy(() -> Lapack.transposeTimes(wide, Matrix.zeros(3, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("transposed");
    }
}
