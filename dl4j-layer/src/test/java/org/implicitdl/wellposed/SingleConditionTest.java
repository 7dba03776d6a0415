package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The tests of one condition, which prove as much as the full assessment, but by bounds. */
class SingleConditionTest {

    private static Finding test(Condition condition, Matrix a, Activation phi) {
        return WellPosedness.test(condition, Equations.operator(a), phi);
    }

    private static Matrix combine(double s, Matrix a, double t, Matrix b) {
        Matrix sum = a.copy();
        Arrays.setAll(sum.values(), i -> s * a.values()[i] + t * b.values()[i]);
        return sum;
    }

    /** I − 2vvᵀ/vᵀv, whose singular values are all 1. */
    private static Matrix reflection(int n) {
        Matrix v = Equations.gaussian(new Random(n), n, 1, 1);
        double length = v.frobeniusNorm();
        return combine(1, Matrix.identity(n), -2 / (length * length), Lapack.timesTranspose(v, v));
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void eachFindsWhatTheAssessmentFinds(Condition condition) {
        Random random = new Random(21);
        int found = 0;
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + random.nextInt(6);
            Matrix a = Equations.gaussian(random, n, n, (0.3 + trial % 5) / (2 * n));
            if (trial % 3 == 0) {
                // Few enough entries to fall apart.
                Arrays.setAll(a.values(), i -> random.nextDouble() < 0.5 ? 0 : a.values()[i]);
            }
            for (Activation phi : new Activation[] {Phi.relu(), Phi.sigmoid(), Phi.absolute(), Phi.cube()}) {
                boolean expected = WellPosedness.assess(Equations.operator(a), phi)
                        .finding(condition)
                        .certificate()
                        .isPresent();
                Finding finding = test(condition, a, phi);
                assertThat(finding.certificate().isPresent())
                        .as("seed 21, trial %d, %s", trial, finding)
                        .isEqualTo(expected);
                found += expected ? 1 : 0;
                finding.certificate()
                        .ifPresent(certificate ->
                                assertThat(certificate.holdsFor(phi)).isTrue());
            }
        }
        assertThat(found).isBetween(10, 230);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 17, 60})
    void spectralNormsAreProvenUpToRoundingAndNoFurther(int n) {
        Matrix q = reflection(n);
        Matrix inside = combine(1 - 1e-9, q, 0, q);
        ContractionCertificate certificate = (ContractionCertificate)
                test(Condition.NORM_2, inside, Phi.absolute()).certificate().orElseThrow();
        assertThat(certificate.gain()).isBetween(1 - 1e-9, 1.0);
        Finding outside = test(Condition.NORM_2, combine(1 + 1e-15 * n, q, 0, q), Phi.relu());
        assertThat(outside.certificate()).isEmpty();
        assertThat(outside.reason()).contains("at least 1.00000").contains("1/L = 1.00000");
    }

    @Test
    void theBoundOfTheSpectralNormLiesAtMostHalfwayToTheLimit() {
        Random random = new Random(22);
        for (int n : new int[] {2, 9, 40}) {
            for (double norm : new double[] {1e-300, 0.1, 0.7, 0.95, 0.9999}) {
                Matrix a = Equations.gaussian(random, n, n, 1);
                double scale = norm / Lapack.svd(a).singularValues()[0];
                Matrix scaled = combine(scale, a, 0, a);
                ContractionCertificate found = (ContractionCertificate)
                        test(Condition.NORM_2, scaled, Phi.relu()).certificate().orElseThrow();
                assertThat(found.gain())
                        .as("seed 22, n = %d", n)
                        .isGreaterThanOrEqualTo(norm * (1 - 1e-14))
                        .isLessThan(1);
            }
        }
    }

    /** For A = tI + K with K = −Kᵀ, λmax((A + Aᵀ)/2) is t. */
    @ParameterizedTest
    @ValueSource(ints = {2, 17, 60})
    void monotoneIsProvenUpToRoundingAndNoFurther(int n) {
        Matrix k = Equations.gaussian(new Random(n), n, n, 1);
        Matrix skew = combine(1, k, -1, k.transpose());
        for (double t : new double[] {-30, 0, 0.5, 1 - 1e-9}) {
            Matrix a = combine(1, skew, t, Matrix.identity(n));
            MonotoneCertificate found = (MonotoneCertificate)
                    test(Condition.MONOTONE, a, Phi.relu()).certificate().orElseThrow();
            assertThat(found.eigenvalue()).as("t = %s", t).isGreaterThanOrEqualTo(t);
            assertThat(found.strongMonotonicity())
                    .isGreaterThan(0)
                    .isCloseTo(0.5 * (1 - t), within(1e-9 * (1 + Math.abs(t))));
            double distance = Lapack.svd(combine(1, Matrix.identity(n), -1, a)).singularValues()[0];
            assertThat(found.distance()).isBetween(0.5 * distance, distance * (1 + 1e-14));
        }
        Finding outside = test(Condition.MONOTONE, combine(1, skew, 1 + 1e-15, Matrix.identity(n)), Phi.relu());
        assertThat(outside.certificate()).isEmpty();
        assertThat(outside.reason()).contains("could not be shown to be below 1/L = 1.00000");
        assertThat(test(Condition.MONOTONE, skew, Phi.absolute()).reason()).contains("nondecreasing");
    }

    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"NORM_INF", "NORM_1", "NORM_2", "MONOTONE"})
    void extremeEntriesAreJudgedWithoutOverflow(Condition condition) {
        Matrix ones = Matrix.ofRows(new double[] {1, 1}, new double[] {1, 1});
        assertThat(test(condition, combine(1e300, ones, 0, ones), Phi.relu()).certificate())
                .isEmpty();
        assertThat(test(condition, combine(1e-300, ones, 0, ones), Phi.relu()).certificate())
                .isPresent();
        assertThat(test(condition, Matrix.zeros(3, 3), Phi.relu()).certificate())
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void badMatricesAreRefused(Condition condition) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> WellPosedness.test(condition, new ZeroOperator(2, 3), Phi.relu()))
                .withMessageContaining("square");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void normsOfSinglePrecisionAreThoseOfItsNumbers(DataType type) {
        INDArray a =
                Nd4j.createFromArray(new double[][] {{0.1, 0.8}, {0.3, -0.3}}).castTo(type);
        LinearOperator operator = DenseOperator.copyOf(a);
        ContractionCertificate found =
                (ContractionCertificate) WellPosedness.test(Condition.NORM_INF, operator, Phi.relu())
                        .certificate()
                        .orElseThrow();
        assertThat(found.gain()).isEqualTo(a.getDouble(0, 0) + a.getDouble(0, 1));
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> test(Condition.NORM_INF, Matrix.ofRows(new double[] {Double.NaN}), Phi.relu()));
    }
}
