package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.implicitdl.wellposed.Equations.dense;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class WellPosednessTest {
    private static final Activation RELU = Phi.relu();

    private static List<Condition> conditions(LinearOperator a, Activation phi) {
        return WellPosedness.assess(a, phi).certificates().stream()
                .map(Certificate::condition)
                .collect(Collectors.toList());
    }

    private static double margin(LinearOperator a, Activation phi, Condition condition) {
        return WellPosedness.assess(a, phi)
                .finding(condition)
                .certificate()
                .orElseThrow()
                .margin();
    }

    @Test
    void diagonalWithNegativeEntriesIsWellPosedAlthoughNormsFail() {
        LinearOperator a = DiagonalOperator.copyOf(Nd4j.createFromArray(-5.0, 0.25));
        assertThat(conditions(a, RELU)).containsExactly(Condition.TRIANGULAR, Condition.MONOTONE);
        assertThat(margin(a, RELU, Condition.TRIANGULAR)).isEqualTo(0.75);
        assertThat(margin(a, RELU, Condition.MONOTONE)).isCloseTo(0.75, within(1e-12));
        assertThat(WellPosedness.certify(a, RELU).picardConverges()).isFalse();
        assertThat(conditions(a, Phi.absolute())).as("|x| may cross twice").isEmpty();
    }

    @Test
    void upperTriangularWithLargeEntriesIsWellPosed() {
        LinearOperator a = dense(new double[] {0.5, 1e3, -7}, new double[] {0, -2, 1e6}, new double[] {0, 0, 0});
        Certificate best = WellPosedness.assess(a, RELU).orElseThrow();
        assertThat(best.condition()).isEqualTo(Condition.TRIANGULAR);
        assertThat(best.margin()).isEqualTo(0.5);
        assertThat(((TriangularCertificate) best).levels())
                .extracting(Arrays::toString)
                .containsExactly("[2]", "[1]", "[0]");
    }

    @Test
    void permutedTriangularIsFoundWithItsLevels() {
        Random random = new Random(5);
        Matrix a = Equations.gaussian(random, 20, 20, 10);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j <= i; j++) {
                a.set(i, j, j == i ? 0.9 * random.nextDouble() : 0);
            }
        }
        int[] order = Equations.order(random, 20);
        Matrix permuted = Equations.permute(a, order);
        TriangularCertificate certificate =
                (TriangularCertificate) WellPosedness.certify(Equations.operator(permuted), RELU);
        int[] level = new int[20];
        for (int l = 0; l < certificate.levels().size(); l++) {
            for (int state : certificate.levels().get(l)) {
                level[state] = l;
            }
        }
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                assertThat(i == j || permuted.get(i, j) == 0 || level[j] < level[i])
                        .isTrue();
            }
        }
    }

    @Test
    void rankOneHoldsWhereNormsFail() {
        // p = (10, .1), q = (.04, 4): |p|ᵀ|q| = .8, but ‖A‖∞ = 40.4 and ‖A‖₁ = 40.4.
        LinearOperator a = dense(new double[] {0.4, -40}, new double[] {-0.004, 0.4});
        assertThat(conditions(a, RELU)).contains(Condition.RANK_ONE, Condition.PERRON_FROBENIUS, Condition.LYAPUNOV);
        assertThat(conditions(a, RELU)).doesNotContain(Condition.NORM_1, Condition.NORM_2, Condition.NORM_INF);
        assertThat(margin(a, RELU, Condition.RANK_ONE)).isBetween(0.19, 0.2);
        assertThat(margin(a, RELU, Condition.PERRON_FROBENIUS)).isBetween(0.19, 0.2 + 1e-12);
        LinearOperator outside = dense(new double[] {0.5, -50}, new double[] {-0.005, 0.5});
        assertThat(WellPosedness.assess(outside, RELU)
                        .finding(Condition.RANK_ONE)
                        .reason())
                .contains("|p|ᵀ|q| is 1");
    }

    @Test
    void normConditionsAreToldApart() {
        LinearOperator rows = dense(new double[] {0.1, 0.8}, new double[] {0.1, 0.8});
        assertThat(conditions(rows, RELU)).contains(Condition.NORM_INF).doesNotContain(Condition.NORM_1);
        assertThat(margin(rows, RELU, Condition.NORM_INF)).isCloseTo(0.1, within(1e-15));
        LinearOperator cols = rows.transpose();
        assertThat(conditions(cols, RELU)).contains(Condition.NORM_1).doesNotContain(Condition.NORM_INF);
        // 0.9 times a reflection: both sums are 1.26 and ρ(|A|) is as large, but σmax = 0.9.
        double h = 0.9 * Math.sqrt(0.5);
        LinearOperator turn = dense(new double[] {h, h}, new double[] {h, -h});
        assertThat(conditions(turn, RELU)).containsExactly(Condition.NORM_2, Condition.LYAPUNOV, Condition.MONOTONE);
        assertThat(margin(turn, RELU, Condition.NORM_2)).isCloseTo(0.1, within(1e-14));
    }

    @Test
    void perronFrobeniusIsTheBestScalingOfTheRowSums() {
        LinearOperator a = dense(new double[] {0, 100}, new double[] {0.008, 0});
        ContractionCertificate found = (ContractionCertificate) WellPosedness.assess(a, RELU)
                .finding(Condition.PERRON_FROBENIUS)
                .certificate()
                .orElseThrow();
        assertThat(found.rate())
                .as("ρ(|A|) = √0.8")
                .isCloseTo(Math.sqrt(0.8), within(1e-3))
                .isGreaterThanOrEqualTo(Math.sqrt(0.8) * (1 - 1e-15));
        double[] w = found.norm().weights();
        assertThat(100 * w[0] / w[1]).isLessThanOrEqualTo(found.rate() * (1 + 1e-12));
        assertThat(0.008 * w[1] / w[0]).isLessThanOrEqualTo(found.rate() * (1 + 1e-12));
    }

    @Test
    void perronFrobeniusCopesWithReducibleAndWithNearlyCriticalMatrices() {
        LinearOperator reducible =
                dense(new double[] {0.5, 1e6, 0}, new double[] {0, 0, 1e6}, new double[] {0, 0, 0.999});
        assertThat(conditions(reducible, RELU)).contains(Condition.PERRON_FROBENIUS);
        double r = 0.99999;
        LinearOperator critical =
                dense(new double[] {0, 1e4 * r, 0}, new double[] {0, 0, r}, new double[] {1e-4 * r, 0, 0});
        assertThat(conditions(critical, RELU)).contains(Condition.PERRON_FROBENIUS);
        LinearOperator cycle = dense(new double[] {0, 1, 0}, new double[] {0, 0, 1}, new double[] {1, 0, 0});
        assertThat(WellPosedness.assess(cycle, RELU)
                        .finding(Condition.PERRON_FROBENIUS)
                        .reason())
                .contains("between 1.00000 and 1.00000");
    }

    @Test
    void lyapunovHoldsWhereNormsAndPerronFrobeniusFail() {
        // The reflection above, scaled by diag(30, 1): no norm sees it, S = diag(1/900, 1) does.
        double h = 0.9 * Math.sqrt(0.5);
        LinearOperator a = dense(new double[] {h, 30 * h}, new double[] {h / 30, -h});
        assertThat(conditions(a, RELU)).containsExactly(Condition.LYAPUNOV);
        ContractionCertificate found = (ContractionCertificate) WellPosedness.certify(a, RELU);
        assertThat(found.condition()).isEqualTo(Condition.LYAPUNOV);
        assertThat(found.margin()).isGreaterThan(0.009);
        assertThat(found.norm().weights()[1] / found.norm().weights()[0]).isBetween(10.0, 90.0);
    }

    @Test
    void monotoneHoldsWhereNothingElseDoes() {
        LinearOperator a = dense(new double[] {0.5, -4}, new double[] {4, -3});
        assertThat(conditions(a, RELU)).containsExactly(Condition.MONOTONE);
        assertThat(margin(a, RELU, Condition.MONOTONE)).isCloseTo(0.5, within(1e-12));
        assertThat(conditions(a, Phi.absolute())).isEmpty();
        assertThat(conditions(a, Phi.steepTanh())).as("3 · 0.5 > 1").isEmpty();
    }

    @Test
    void blockCompositionCertifiesEveryComponentOnItsOwn() {
        double h = 0.9 * Math.sqrt(0.5);
        LinearOperator a = dense(
                new double[] {h, h, 50, 0, 7},
                new double[] {h, -h, 0, 9, 0},
                new double[] {0, 0, 0.5, -4, 8},
                new double[] {0, 0, 4, -3, 0},
                new double[] {0, 0, 0, 0, -8});
        assertThat(conditions(a, RELU)).containsExactly(Condition.BLOCK_TRIANGULAR);
        CompositionCertificate found = (CompositionCertificate) WellPosedness.certify(a, RELU);
        assertThat(found.parts())
                .extracting(part -> part.certificate().condition())
                .containsExactly(Condition.TRIANGULAR, Condition.MONOTONE, Condition.NORM_2);
        assertThat(found.margin()).isCloseTo(0.1, within(1e-12));
        assertThat(found.statement()).contains("1 by MONOTONE");
    }

    @Test
    void feedforwardBlocksAreTriangularForAnyActivationThatActsOnEachBlock() {
        LinearOperator w = Equations.operator(Equations.gaussian(new Random(1), 3, 4, 100));
        BlockOperator a = BlockOperator.of(
                List.of(List.of(new ZeroOperator(3, 3), w), List.of(new ZeroOperator(4, 3), new ZeroOperator(4, 4))));
        Partition blocks = Partition.of(3, 4);
        Certificate found = WellPosedness.certify(a, Phi.blocks(blocks, Phi.softmax(), Phi.cube()));
        assertThat(found.condition()).isEqualTo(Condition.TRIANGULAR);
        assertThat(found.margin()).isEqualTo(1);
        assertThat(found.holdsFor(RELU)).isTrue();
        assertThat(found.holdsFor(Phi.softmax())).as("softmax over both blocks").isFalse();
        assertThat(found.picardConverges()).isTrue();
    }

    @Test
    void hugeBlockOperatorsAreNeverExpanded() {
        int n = 2_000_000;
        LinearOperator zero = new ZeroOperator(n, n);
        BlockOperator a = BlockOperator.of(List.of(
                List.of(zero, new IdentityOperator(n), new IdentityOperator(n)),
                List.of(zero, zero, zero),
                List.of(zero, new IdentityOperator(n), zero)));
        CompositionCertificate found = (CompositionCertificate) WellPosedness.certify(a, RELU);
        assertThat(found.parts()).extracting(part -> part.blocks()[0]).containsExactly(1, 2, 0);
    }

    @Test
    void nestedAndCyclicBlocksAreDivided() {
        LinearOperator half = DiagonalOperator.copyOf(Nd4j.createFromArray(0.5, 0.5));
        LinearOperator zero = new ZeroOperator(2, 2);
        BlockOperator cycle = BlockOperator.of(List.of(List.of(zero, half), List.of(half, zero)));
        BlockOperator a = BlockOperator.of(List.of(
                List.of(cycle, Equations.operator(Equations.gaussian(new Random(2), 4, 3, 9))),
                List.of(new ZeroOperator(3, 4), new ZeroOperator(3, 3))));
        CompositionCertificate found = (CompositionCertificate) WellPosedness.certify(a, RELU);
        assertThat(found.condition()).isEqualTo(Condition.BLOCK_TRIANGULAR);
        assertThat(found.margin()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void diagonalEntriesOfOneOrMoreGetNoCertificate() {
        for (double entry : new double[] {1, 1.5, 1 - 1e-16, 40}) {
            LinearOperator a = dense(new double[] {entry});
            assertThat(conditions(a, RELU)).isEmpty();
            assertThat(WellPosedness.find(a, RELU)).isEmpty();
        }
        assertThatExceptionOfType(IllPosedException.class)
                .isThrownBy(() -> WellPosedness.certify(new IdentityOperator(3), RELU))
                .withMessageContaining("NORM_INF: the norm is 1.00000, but must be below 1/L = 1.00000")
                .withMessageContaining("TRIANGULAR: the largest")
                .withMessageContaining("MONOTONE: λmax((A + Aᵀ)/2) is 1.00000")
                .withMessageContaining("RowL1Ball");
    }

    @Test
    void oneByOneBelowOneHasEveryCertificateThatApplies() {
        assertThat(conditions(dense(new double[] {0.5}), RELU))
                .containsExactlyInAnyOrder(
                        Condition.TRIANGULAR,
                        Condition.NORM_1,
                        Condition.NORM_2,
                        Condition.NORM_INF,
                        Condition.RANK_ONE,
                        Condition.PERRON_FROBENIUS,
                        Condition.LYAPUNOV,
                        Condition.MONOTONE);
        assertThat(conditions(dense(new double[] {-0.5}), Phi.absolute())).contains(Condition.TRIANGULAR);
    }

    @Test
    void theLipschitzConstantCounts() {
        LinearOperator a = dense(new double[] {1, -2}, new double[] {1, 0.5});
        assertThat(conditions(a, RELU)).doesNotContain(Condition.NORM_INF);
        assertThat(margin(a, Phi.sigmoid(), Condition.NORM_INF)).isEqualTo(0.25);
        LinearOperator small = dense(new double[] {0.2, -0.1}, new double[] {0.1, 0.2});
        assertThat(margin(small, Phi.steepTanh(), Condition.NORM_INF)).isCloseTo(0.1, within(1e-15));
        Certificate certificate = WellPosedness.certify(small, RELU);
        assertThat(certificate.holdsFor(Phi.steepTanh())).isTrue();
        assertThat(WellPosedness.certify(a, Phi.sigmoid()).holdsFor(RELU)).isFalse();
        assertThat(conditions(small, Phi.cube())).isEmpty();
        assertThat(conditions(dense(new double[] {0, 9}, new double[] {0, 0}), Phi.cube()))
                .containsExactly(Condition.TRIANGULAR);
    }

    @Test
    void mapsThatMixComponentsHaveTheNormConditionsOnly() {
        LinearOperator a = dense(new double[] {0, 0.5}, new double[] {0, 0});
        assertThat(conditions(a, Phi.softmax()))
                .containsExactly(Condition.NORM_INF, Condition.NORM_1, Condition.NORM_2);
        assertThat(conditions(new ZeroOperator(2, 2), Phi.softmax())).contains(Condition.TRIANGULAR);
    }

    @Test
    void componentwiseBlocksUseTheLipschitzConstantOfEachState() {
        LinearOperator a = dense(new double[] {0.2, 5}, new double[] {0, 3});
        Activation phi = Phi.blocks(Partition.of(1, 1), Phi.steepTanh(), Phi.sigmoid());
        Certificate found = WellPosedness.certify(a, phi);
        assertThat(found.margin()).as("1 − max(3 · 0.2, 0.25 · 3)").isCloseTo(0.25, within(1e-15));
        assertThat(found.holdsFor(RELU)).isFalse();
    }

    @Test
    void diagonalScalingChangesNeitherPerronFrobeniusNorLyapunov() {
        Random random = new Random(11);
        for (int trial = 0; trial < 20; trial++) {
            int n = 2 + random.nextInt(5);
            Matrix a = Equations.gaussian(random, n, n, 0.7 / n);
            Matrix scaled = a.copy();
            double[] d = random.doubles(n, -3, 3).map(Math::exp).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    scaled.set(i, j, a.get(i, j) * d[i] / d[j]);
                }
            }
            for (Condition condition : List.of(Condition.PERRON_FROBENIUS, Condition.LYAPUNOV)) {
                assertThat(conditions(Equations.operator(a), RELU)).contains(condition);
                assertThat(conditions(Equations.operator(scaled), RELU)).contains(condition);
            }
            assertThat(margin(Equations.operator(scaled), RELU, Condition.PERRON_FROBENIUS))
                    .isCloseTo(margin(Equations.operator(a), RELU, Condition.PERRON_FROBENIUS), within(2e-2));
        }
    }

    @Test
    void badMatricesAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> WellPosedness.certify(new ZeroOperator(2, 3), RELU))
                .withMessageContaining("square");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> WellPosedness.assess(new ZeroOperator(2, 3), RELU));
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> WellPosedness.certify(dense(new double[] {Double.NaN}), RELU));
    }

    @Test
    void hugeEntriesAreJudgedWithoutOverflow() {
        LinearOperator a = dense(new double[] {1e300, 1e300}, new double[] {1e300, 1e300});
        assertThat(conditions(a, RELU)).isEmpty();
        LinearOperator tiny = dense(new double[] {1e-300, 1e-300}, new double[] {1e-300, 1e-300});
        assertThat(conditions(tiny, RELU)).contains(Condition.NORM_2, Condition.PERRON_FROBENIUS, Condition.RANK_ONE);
    }

    @Test
    void theAssessmentSaysEverythingInWords() {
        Assessment assessment = WellPosedness.assess(dense(new double[] {0.1, 0.2}, new double[] {0.3, 0.1}), RELU);
        assertThat(assessment.toString())
                .contains("dense [2, 2]")
                .contains("NORM_INF: x ↦ φ(Ax + b) contracts in a ℓ∞ norm, ‖A‖ = 0.400000, rate 0.400000")
                .contains("BLOCK_TRIANGULAR: nothing to compose")
                .contains("TRIANGULAR: 2 states depend on each other in a cycle");
    }
}
