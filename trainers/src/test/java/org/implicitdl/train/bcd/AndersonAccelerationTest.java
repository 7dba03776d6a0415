package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.api.Test;

class AndersonAccelerationTest {
    private static final int D = 4;

    private final Matrix slope = slope();
    private final Matrix shift = Randoms.gaussian(D, 1, 1, new Random(2));

    @Test
    void aLinearProblemOfDimensionDIsSolvedInDPlusOneSteps() {
        double[] solution = fixedPoint();
        double accelerated = distance(iterate(D, D + 1), solution);
        double plain = distance(iterate(0, D + 1), solution);
        assertThat(accelerated).isLessThan(1e-5);
        assertThat(plain).isGreaterThan(1e-2);
    }

    @Test
    void thereIsNoProposalWithoutHistory() {
        AndersonAcceleration acceleration = new AndersonAcceleration(3);
        double[] theta = new double[D];
        assertThat(acceleration.propose(theta, image(theta))).isEmpty();
        assertThat(acceleration.propose(image(theta), image(image(theta)))).isPresent();
        acceleration.restart();
        assertThat(acceleration.propose(theta, image(theta))).isEmpty();
    }

    @Test
    void aWindowOfZeroNeverProposes() {
        AndersonAcceleration acceleration = new AndersonAcceleration(0);
        double[] theta = new double[D];
        for (int step = 0; step < 5; step++) {
            assertThat(acceleration.propose(theta, image(theta))).isEmpty();
            theta = image(theta);
        }
    }

    /** Of the 2-dimensional problem with window 1 the proposal is the secant step on the residual. */
    @Test
    void theProposalMinimizesTheCombinedResidual() {
        AndersonAcceleration acceleration = new AndersonAcceleration(1);
        double[] first = {1, 0};
        double[] firstImage = {0.5, 0.25};
        double[] second = firstImage;
        double[] secondImage = {0.5, 0.5};
        acceleration.propose(first, firstImage);
        // f₁ = (−.5, .25), f₂ = (0, .25), Δf = (.5, 0): f₂ is orthogonal to Δf, so γ = 0.
        assertThat(acceleration.propose(second, secondImage).orElseThrow()).containsExactly(secondImage);
        // Δf = (0, −.125), f₃ = (0, .125): γ = −1 up to the ridge, so the next point is G₃ + (G₃ − G₂).
        double[] third = secondImage;
        double[] thirdImage = {0.5, 0.625};
        double[] next = acceleration.propose(third, thirdImage).orElseThrow();
        assertThat(next[0]).isCloseTo(0.5, within(1e-7));
        assertThat(next[1]).isCloseTo(0.75, within(1e-7));
    }

    @Test
    void aFixedPointIsLeftWhereItIs() {
        AndersonAcceleration acceleration = new AndersonAcceleration(3);
        double[] theta = {1, 2};
        acceleration.propose(theta, theta);
        Optional<double[]> proposal = acceleration.propose(theta, theta);
        proposal.ifPresent(next -> assertThat(next).containsExactly(theta));
    }

    private double[] iterate(int window, int steps) {
        AndersonAcceleration acceleration = new AndersonAcceleration(window);
        double[] theta = new double[D];
        for (int step = 0; step < steps; step++) {
            double[] image = image(theta);
            theta = acceleration.propose(theta, image).orElse(image);
        }
        return theta;
    }

    private double[] image(double[] theta) {
        double[] image = Lapack.times(slope, new Matrix(D, 1, theta)).values();
        for (int i = 0; i < D; i++) {
            image[i] += shift.get(i, 0);
        }
        return image;
    }

    private double[] fixedPoint() {
        return Lapack.leastSquares(Matrix.identity(D).plus(-1, slope), shift).values();
    }

    private static Matrix slope() {
        Matrix slope = Randoms.gaussian(D, D, 1, new Random(1));
        double norm = Lapack.svd(slope).singularValues()[0];
        double[] scaled = Arrays.stream(slope.values()).map(v -> 0.9 * v / norm).toArray();
        return new Matrix(D, D, scaled);
    }

    private static double distance(double[] a, double[] b) {
        double max = 0;
        for (int i = 0; i < a.length; i++) {
            max = Math.max(max, Math.abs(a[i] - b[i]));
        }
        return max;
    }
}
