package org.implicitdl.train.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.Random;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.penalty.GroupNorm;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.L1Norm;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.penalty.Ridge;
import org.implicitdl.train.penalty.UnboundedPenaltyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both descents against closed forms, with a bound of the curvature and by backtracking. */
class DescentTest {
    private static final int SEEDS = 10;

    /** A function whose bound is kept back. */
    private record WithoutBound(SmoothFunction function) implements SmoothFunction {
        @Override
        public Point at(Matrix w) {
            return function.at(w);
        }

        @Override
        public OptionalDouble curvatureBound() {
            return OptionalDouble.empty();
        }
    }

    private static SmoothFunction leastSquares(Matrix s, Matrix y, boolean isBounded) {
        SmoothFunction f = QuadraticFunction.leastSquares(s, y);
        return isBounded ? f : new WithoutBound(f);
    }

    @Test
    void leastSquaresThroughSumsAgreeWithTheSamples() {
        Random random = new Random(1);
        Matrix s = Randoms.gaussian(4, 30, 1, random);
        Matrix y = Randoms.gaussian(2, 30, 1, random);
        Matrix w = Randoms.gaussian(2, 4, 1, random);
        Matrix residual = Lapack.times(w, s).plus(-1, y);
        SmoothFunction.Point point = QuadraticFunction.leastSquares(s, y).at(w);
        double norm = residual.frobeniusNorm();
        assertThat(point.value()).isCloseTo(0.5 * norm * norm, within(1e-11));
        Matrix gradient = Lapack.timesTranspose(residual, s);
        assertThat(point.gradient().values()).containsExactly(gradient.values(), within(1e-11));
        assertThatThrownBy(() -> QuadraticFunction.leastSquares(s, Matrix.zeros(2, 29)))
                .isInstanceOf(ShapeException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ridgeRegressionIsSolvedToRounding(boolean isBounded) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Matrix s = illConditioned(6, 40, random);
            Matrix y = Randoms.gaussian(2, 40, 1, random);
            Matrix regularized = Lapack.gram(s);
            for (int i = 0; i < 6; i++) {
                regularized.set(i, i, regularized.get(i, i) + 0.5);
            }
            Matrix expected = Lapack.cholesky(regularized)
                    .orElseThrow()
                    .solve(Lapack.timesTranspose(s, y))
                    .transpose();
            Minimum found = ProximalGradient.withDefaults()
                    .withTolerance(1e-13)
                    .minimize(leastSquares(s, y, isBounded), new Ridge(0.5), Matrix.zeros(2, 6));
            assertThat(found.converged()).as("seed %d", seed).isTrue();
            assertThat(found.w().values()).as("seed %d", seed).containsExactly(expected.values(), within(1e-9));
        }
    }

    /** Optimality of the Lasso: the gradient is −λ sign(w) where w ≠ 0, and at most λ elsewhere. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLassoFulfilsItsOptimalityConditions(boolean isBounded) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SmoothFunction f =
                    leastSquares(illConditioned(8, 40, random), Randoms.gaussian(1, 40, 1, random), isBounded);
            Matrix w = ProximalGradient.withDefaults()
                    .withTolerance(1e-12)
                    .minimize(f, new L1Norm(1.5), Matrix.zeros(1, 8))
                    .w();
            Matrix gradient = f.at(w).gradient();
            for (int j = 0; j < 8; j++) {
                if (w.get(0, j) == 0) {
                    assertThat(Math.abs(gradient.get(0, j))).as("seed %d", seed).isLessThanOrEqualTo(1.5 + 1e-9);
                } else {
                    double expected = -1.5 * Math.signum(w.get(0, j));
                    assertThat(gradient.get(0, j)).as("seed %d", seed).isCloseTo(expected, within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothDescentsFindTheSameMinimumInABall(boolean isBounded) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SmoothFunction f =
                    leastSquares(Randoms.gaussian(5, 30, 1, random), Randoms.gaussian(2, 30, 3, random), isBounded);
            Penalty ball = L1Ball.ofRows(0.6);
            Matrix start = Matrix.zeros(2, 5);
            Minimum projected =
                    ProximalGradient.withDefaults().withTolerance(1e-12).minimize(f, ball, start);
            Minimum conditional = new ConditionalGradient(20_000, 1e-3).minimize(f, ball, start);
            assertThat(projected.converged()).as("seed %d", seed).isTrue();
            // The gap bounds the distance from the minimum.
            assertThat(conditional.converged()).as("seed %d", seed).isTrue();
            assertThat(conditional.value() - projected.value())
                    .as("seed %d", seed)
                    .isBetween(-1e-9, conditional.residual());
            assertThat(ball.value(projected.w()) + ball.value(conditional.w())).isZero();
        }
    }

    @Test
    void accelerationWithRestartIsLinearWhereTheProblemIsStronglyConvex() {
        Random random = new Random(2);
        SmoothFunction f = leastSquares(illConditioned(10, 60, random), Randoms.gaussian(1, 60, 1, random), true);
        Minimum found = ProximalGradient.withDefaults()
                .withTolerance(1e-12)
                .minimize(f, GroupNorm.ofColumns(0.1), Matrix.zeros(1, 10));
        // The condition number is about 1e4: steepest descent would take some 1e4 log 1e12 = 2.8e5 steps.
        assertThat(found.converged()).isTrue();
        assertThat(found.iterations()).isLessThan(10_000);
    }

    @Test
    void aStartOutsideTheConstraintIsMovedIn() {
        SmoothFunction f = QuadraticFunction.leastSquares(Matrix.identity(3), Matrix.zeros(1, 3));
        Matrix far = Matrix.ofRows(new double[] {5, 5, 5});
        Minimum found = ProximalGradient.withDefaults().minimize(f, L1Ball.ofAll(1), far);
        assertThat(found.w().maxAbs()).isLessThan(1e-8);
    }

    @Test
    void aPenaltyWithoutLinearMinimizerIsRefusedByTheConditionalGradient() {
        SmoothFunction f = QuadraticFunction.leastSquares(Matrix.identity(3), Matrix.zeros(1, 3));
        assertThatThrownBy(() ->
                        ConditionalGradient.withDefaults().minimize(f, new L1Norm(1), Matrix.ofRows(new double[3])))
                .isInstanceOf(UnboundedPenaltyException.class);
    }

    @Test
    void badSettingsAndStartsAreRefused() {
        assertThatThrownBy(() -> new ProximalGradient(0, 1e-3)).hasMessageContaining("at least 1 iteration");
        assertThatThrownBy(() -> new ConditionalGradient(5, -1)).hasMessageContaining("tolerance");
        SmoothFunction f = QuadraticFunction.leastSquares(Matrix.identity(1), Matrix.zeros(1, 1));
        Matrix huge = Matrix.ofRows(new double[] {1e300});
        assertThatThrownBy(() -> ProximalGradient.withDefaults().minimize(f, Penalty.none(), huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start from smaller weights");
    }

    private static Matrix illConditioned(int rows, int cols, Random random) {
        Matrix s = Randoms.gaussian(rows, cols, 1, random);
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < rows; i++) {
                s.set(i, j, s.get(i, j) * Math.pow(100, -i / (rows - 1.0)));
            }
        }
        return s;
    }
}
