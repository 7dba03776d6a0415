package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate of A, transposed, proves for Aᵀ what the tests of Aᵀ itself would prove. */
class TransposedCertificateTest {
    private static final LinearOperator CONTRACTION = Equations.operator(scaled(new Random(1), 6, 0.25));

    private static Matrix scaled(Random random, int n, double scale) {
        return Equations.gaussian(random, n, n, scale / Math.sqrt(n));
    }

    private static Certificate certificate(LinearOperator a, Condition condition) {
        return WellPosedness.assess(a, Phi.relu())
                .finding(condition)
                .certificate()
                .orElseThrow();
    }

    @Test
    void normsBecomeTheirDuals() {
        for (Condition[] pair : new Condition[][] {
            {Condition.NORM_INF, Condition.NORM_1},
            {Condition.NORM_1, Condition.NORM_INF},
            {Condition.NORM_2, Condition.NORM_2}
        }) {
            ContractionCertificate dual =
                    (ContractionCertificate) certificate(CONTRACTION, pair[0]).transposed();
            ContractionCertificate own = (ContractionCertificate) certificate(CONTRACTION.transpose(), pair[1]);
            assertThat(dual.condition()).isEqualTo(pair[1]);
            assertThat(dual.norm()).isEqualTo(own.norm());
            assertThat(dual.gain()).isCloseTo(own.gain(), within(1e-14));
            assertThat(dual.margin()).isCloseTo(own.margin(), within(1e-14));
        }
    }

    @Test
    void weightedNormsBoundTheAdjointOfEveryDiagonalJacobian() {
        Random random = new Random(11);
        int weighted = 0;
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + trial % 5;
            Matrix a = scaled(random, n, 0.7);
            double stretch = Math.exp(3 * random.nextGaussian());
            for (int i = 0; i < n; i++) {
                a.set(0, i, a.get(0, i) * stretch);
                a.set(i, 0, a.get(i, 0) / stretch);
            }
            for (Certificate certificate :
                    WellPosedness.assess(Equations.operator(a), Phi.relu()).certificates()) {
                if (certificate instanceof ContractionCertificate contraction) {
                    ContractionCertificate dual = contraction.transposed();
                    double[] s = random.doubles(n, -1, 1).toArray();
                    double[] image = adjointStep(a, random.doubles(n, 0, 1).toArray(), s);
                    assertThat(dual.norm().of(image))
                            .as("trial %d of seed 11: %s", trial, certificate)
                            .isLessThanOrEqualTo(dual.rate() * dual.norm().of(s) * (1 + 1e-12));
                    assertThat(dual.rate()).isEqualTo(contraction.rate());
                    weighted += dual.norm().isPlain() ? 0 : 1;
                }
            }
        }
        assertThat(weighted).isGreaterThan(100);
    }

    /** D(Aᵀs). */
    private static double[] adjointStep(Matrix a, double[] d, double[] s) {
        double[] image = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < s.length; j++) {
                image[i] += d[i] * a.get(j, i) * s[j];
            }
        }
        return image;
    }

    /** Hölder's inequality yᵀx ≤ ‖y‖_*‖x‖, with equality for one x. */
    @ParameterizedTest
    @EnumSource
    void theDualNormIsTheLargestProductOverTheUnitBall(WeightedNorm.Exponent exponent) {
        Random random = new Random(5);
        double[] w = {0.5, 2, 3};
        WeightedNorm norm = new WeightedNorm(exponent, w);
        for (int trial = 0; trial < 50; trial++) {
            double[] y = random.doubles(3, -1, 1).toArray();
            double bound = norm.dual().of(y) * (1 + 1e-14);
            for (int k = 0; k < 20; k++) {
                assertThat(quotient(y, random.doubles(3, -1, 1).toArray(), norm))
                        .isLessThanOrEqualTo(bound);
            }
            double largest = 0;
            for (int k = 0; k < 3; k++) {
                double[] x = new double[3];
                for (int i = 0; i < 3; i++) {
                    x[i] = switch (exponent) {
                        case ONE -> i == k ? Math.signum(y[i]) : 0;
                        case TWO -> y[i] / (w[i] * w[i]);
                        case INF -> Math.signum(y[i]) / w[i];
                    };
                }
                largest = Math.max(largest, quotient(y, x, norm));
            }
            assertThat(largest).isCloseTo(norm.dual().of(y), within(1e-14));
        }
    }

    private static double quotient(double[] y, double[] x, WeightedNorm norm) {
        return (y[0] * x[0] + y[1] * x[1] + y[2] * x[2]) / norm.of(x);
    }

    @Test
    void monotoneMatricesAreMonotoneTransposed() {
        LinearOperator a = Equations.dense(new double[] {0.5, -2}, new double[] {2, -3});
        MonotoneCertificate own = (MonotoneCertificate) certificate(a.transpose(), Condition.MONOTONE);
        MonotoneCertificate dual =
                (MonotoneCertificate) certificate(a, Condition.MONOTONE).transposed();
        assertThat(dual.eigenvalue()).isCloseTo(own.eigenvalue(), within(1e-14));
        assertThat(dual.distance()).isCloseTo(own.distance(), within(1e-14));
    }

    @Test
    void levelsOfATriangularMatrixComeInReverse() {
        // State 0 depends on 2, and 2 on 1 and itself.
        LinearOperator a = Equations.dense(new double[] {0, 0, 7}, new double[] {0, -3, 0}, new double[] {0, 5, 0.5});
        TriangularCertificate own = (TriangularCertificate) certificate(a, Condition.TRIANGULAR);
        TriangularCertificate dual = own.transposed();
        assertThat(own.levels()).containsExactly(new int[] {1}, new int[] {2}, new int[] {0});
        assertThat(dual.levels()).containsExactly(new int[] {0}, new int[] {2}, new int[] {1});
        assertThat(dual.diagonal()).containsExactly(0, -3, 0.5);
        assertThat(dual.margin()).isEqualTo(own.margin()).isEqualTo(0.5);
        assertThat(dual.picardConverges()).isEqualTo(own.picardConverges()).isFalse();
        assertThat(dual.transposed().levels()).containsExactlyElementsOf(own.levels());
    }

    @Test
    void partsOfACompositionComeInReverseWithTheirOwnTransposes() {
        LinearOperator a =
                Equations.dense(new double[] {0.1, 0.6, 9}, new double[] {0.2, 0.1, 9}, new double[] {0, 0, -3});
        CompositionCertificate own = (CompositionCertificate) certificate(a, Condition.BLOCK_TRIANGULAR);
        CompositionCertificate dual = own.transposed();
        assertThat(own.parts()).hasSize(2);
        assertThat(dual.partition()).isEqualTo(own.partition()).isEqualTo(Partition.of(1, 1, 1));
        assertThat(dual.parts().get(0).blocks()).isEqualTo(own.parts().get(1).blocks());
        assertThat(dual.parts().get(1).blocks()).isEqualTo(own.parts().get(0).blocks());
        assertThat(List.of(
                        dual.parts().get(0).certificate().condition(),
                        dual.parts().get(1).certificate().condition()))
                .containsExactlyInAnyOrder(Condition.TRIANGULAR, Condition.NORM_1);
        assertThat(dual.margin()).isEqualTo(own.margin());
    }
}
