package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.Equations;
import org.junit.jupiter.api.Test;

class GmresTest {

    private static Gmres.LinearMap map(Matrix m) {
        return x -> Lapack.times(m, new Matrix(x.length, 1, x)).values();
    }

    private static Matrix identityMinus(Matrix m) {
        Matrix system = Matrix.identity(m.rows());
        for (int i = 0; i < m.values().length; i++) {
            system.values()[i] -= m.values()[i];
        }
        return system;
    }

    @Test
    void theSolutionIsThatOfGaussianElimination() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(30);
            Matrix m = Equations.gaussian(random, n, n, 2 / Math.sqrt(n));
            double[] b = Equations.gaussian(random, n, 1, 1).values();
            double[] expected = Equations.solve(identityMinus(m), b).orElseThrow();
            Gmres.Solution solution = Gmres.withDefaults().withTolerance(1e-13).solve(map(m), b);
            assertThat(solution.products()).as("seed %d", seed).isLessThanOrEqualTo(2 * (n + 1));
            for (int i = 0; i < n; i++) {
                assertThat(solution.x()[i]).as("seed %d", seed).isCloseTo(expected[i], within(1e-8));
            }
        }
    }

    @Test
    void restartsKeepWhatWasReached() {
        Random random = new Random(2);
        Matrix m = Equations.gaussian(random, 60, 60, 0.7 / Math.sqrt(60));
        double[] b = Equations.gaussian(random, 60, 1, 1).values();
        Gmres.Solution solution = Gmres.withDefaults().withLimits(5, 400).solve(map(m), b);
        assertThat(solution.residual()).isLessThanOrEqualTo(1e-10);
        assertThat(solution.products()).isGreaterThan(12);
    }

    @Test
    void zeroAndHopelessSystemsAreToldApart() {
        Matrix identity = Matrix.identity(3);
        assertThat(Gmres.withDefaults().solve(map(identity), new double[3]))
                .satisfies(none -> assertThat(none.x()).containsOnly(0))
                .satisfies(none -> assertThat(none.residual()).isZero());
        // I − M = 0: no x has any effect.
        Gmres.Solution singular = Gmres.withDefaults().solve(map(identity), new double[] {1, 2, 3});
        assertThat(singular.residual()).isEqualTo(1);
        assertThat(singular.products()).isLessThan(10);
    }

    @Test
    void badOptionsAreRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Gmres.withDefaults().withTolerance(0))
                .withMessageContaining("1e-10");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Gmres.withDefaults().withLimits(10, 5))
                .withMessageContaining("10 and 5");
    }
}
