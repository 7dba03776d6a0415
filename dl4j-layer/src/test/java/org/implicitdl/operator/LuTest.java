package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 60})
    void factorsSolveWithTheMatrixAndItsTranspose(int n) {
        Matrix m = Numbers.normal(20, n, n);
        Matrix b = Numbers.normal(21, n, 3);
        Matrix mBefore = m.copy();
        Matrix bBefore = b.copy();
        Lu lu = Lu.of(m).orElseThrow();
        for (int use = 0; use < 2; use++) {
            assertThat(Numbers.distance(Numbers.times(m, lu.solve(b)), b)).isLessThan(1e-12 * n);
            assertThat(Numbers.distance(Numbers.times(m.transpose(), lu.solveTransposed(b)), b))
                    .isLessThan(1e-12 * n);
        }
        assertThat(m).isEqualTo(mBefore);
        assertThat(b).isEqualTo(bBefore);
    }

    @Test
    void aZeroPivotIsExchanged() {
        Lu lu = Lu.of(Matrix.ofRows(new double[] {0, 2}, new double[] {4, 0})).orElseThrow();
        Matrix b = Matrix.ofRows(new double[] {6}, new double[] {8});
        assertThat(lu.solve(b).values()).containsExactly(2, 3);
        assertThat(lu.solveTransposed(b).values()).containsExactly(4, 1.5);
    }

    @Test
    void singularMatricesHaveNoFactors() {
        assertThat(Lu.of(Matrix.zeros(3, 3))).isEmpty();
        assertThat(Lu.of(Matrix.ofRows(new double[] {1, 2}, new double[] {2, 4})))
                .isEmpty();
    }

    @Test
    void emptySystemsHaveEmptySolutions() {
        Matrix none = Matrix.zeros(0, 2);
        assertThat(Lu.of(Matrix.zeros(0, 0)).orElseThrow().solve(none)).isEqualTo(none);
        assertThat(Lu.of(Matrix.identity(2)).orElseThrow().solve(Matrix.zeros(2, 0)))
                .isEqualTo(Matrix.zeros(2, 0));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Matrix bad = Matrix.identity(3);
        bad.set(0, 1, Double.NaN);
        Lu lu = Lu.of(Matrix.identity(3)).orElseThrow();
        assertThatThrownBy(() -> Lu.of(Matrix.zeros(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> Lu.of(bad))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("entry (0, 1) is NaN");
        assertThatThrownBy(() -> lu.solve(bad)).isInstanceOf(NonFiniteException.class);
        assertThatThrownBy(() -> lu.solveTransposed(Matrix.zeros(2, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("order 3")
                .hasMessageContaining("has 2");
    }
}
