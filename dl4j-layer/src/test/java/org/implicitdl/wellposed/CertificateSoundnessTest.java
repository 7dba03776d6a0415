package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;

/** Whatever is certified has exactly one solution, and whatever is said to contract does. */
class CertificateSoundnessTest {

    /** Matrices of many kinds, scaled to lie on both sides of the conditions. */
    private static Matrix draw(Random random, int kind) {
        int n = 1 + random.nextInt(6);
        double scale = Math.exp(random.nextGaussian() - 1);
        Matrix a = Equations.gaussian(random, n, n, scale);
        switch (kind) {
            case 0 -> {}
            case 1 -> keep(a, (i, j) -> random.nextInt(3) == 0);
            case 2 -> {
                keep(a, (i, j) -> j >= i);
                a = Equations.permute(a, Equations.order(random, n));
            }
            case 3 -> {
                Matrix p = Equations.gaussian(random, n, 1, Math.sqrt(scale));
                Matrix q = Equations.gaussian(random, n, 1, Math.sqrt(scale));
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        a.set(i, j, p.get(i, 0) * q.get(j, 0));
                    }
                }
            }
            case 4 -> {
                Matrix t = a.transpose();
                for (int i = 0; i < n * n; i++) {
                    a.values()[i] = 3 * (a.values()[i] - t.values()[i]) + 0.1 * t.values()[i];
                }
            }
            default -> {
                int split = random.nextInt(n + 1);
                keep(a, (i, j) -> i < split || j >= split);
            }
        }
        return a;
    }

    private interface Entry {
        boolean isKept(int i, int j);
    }

    private static void keep(Matrix a, Entry entry) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.cols(); j++) {
                if (!entry.isKept(i, j)) {
                    a.set(i, j, 0);
                }
            }
        }
    }

    @Test
    void certifiedReluEquationsHaveExactlyOneSolution() {
        Random random = new Random(2024);
        Map<Condition, Integer> seen = new EnumMap<>(Condition.class);
        int illPosed = 0;
        for (int trial = 0; trial < 900; trial++) {
            Matrix a = draw(random, trial % 6);
            LinearOperator operator = Equations.operator(a);
            List<Certificate> certificates =
                    WellPosedness.assess(operator, Phi.relu()).certificates();
            certificates.forEach(certificate -> seen.merge(certificate.condition(), 1, Integer::sum));
            assertThat(WellPosedness.find(operator, Phi.relu()).isPresent()).isEqualTo(!certificates.isEmpty());
            boolean unique = true;
            for (int k = 0; k < 3; k++) {
                double[] b = random.doubles(a.rows(), -1, 1).toArray();
                unique &= Equations.reluSolutions(a, b).size() == 1;
            }
            illPosed += unique ? 0 : 1;
            assertThat(unique || certificates.isEmpty())
                    .as("trial %d: %s has %s", trial, a.values(), certificates)
                    .isTrue();
        }
        assertThat(illPosed).as("the draw has ill-posed matrices as well").isGreaterThan(50);
        for (Condition condition : Condition.values()) {
            assertThat(seen).containsKey(condition);
            assertThat(seen.get(condition)).as("%s", condition).isGreaterThan(20);
        }
    }

    @Test
    void contractionsContractAtTheirRateInTheirNorm() {
        Random random = new Random(7);
        for (int trial = 0; trial < 300; trial++) {
            Matrix a = draw(random, trial % 6);
            int n = a.rows();
            for (FenchelActivation phi : List.of(Phi.relu(), Phi.sigmoid(), Phi.steepTanh())) {
                for (Certificate certificate :
                        WellPosedness.assess(Equations.operator(a), phi).certificates()) {
                    if (certificate instanceof ContractionCertificate contraction) {
                        assertThat(contraction.rate()).isLessThan(1);
                        double[] x = random.doubles(n, -2, 2).toArray();
                        double[] y = random.doubles(n, -2, 2).toArray();
                        double[] b = random.doubles(n, -1, 1).toArray();
                        double before = contraction.norm().of(minus(x, y));
                        double after = contraction.norm().of(minus(step(a, b, phi, x), step(a, b, phi, y)));
                        assertThat(after).isLessThanOrEqualTo(contraction.rate() * before * (1 + 1e-9));
                    }
                }
            }
        }
    }

    @Test
    void certifiedEquationsOfOtherActivationsAreReachedFromEveryStart() {
        Random random = new Random(99);
        for (int trial = 0; trial < 120; trial++) {
            Matrix a = draw(random, trial % 6);
            for (FenchelActivation phi : List.of(Phi.tanh(), Phi.sigmoid(), Phi.leakyRelu(0.1))) {
                if (WellPosedness.find(Equations.operator(a), phi)
                        .filter(Certificate::picardConverges)
                        .isEmpty()) {
                    continue;
                }
                double[] b = random.doubles(a.rows(), -1, 1).toArray();
                double[] reference = iterate(a, b, phi, new double[a.rows()]);
                for (int start = 0; start < 4; start++) {
                    double[] x =
                            iterate(a, b, phi, random.doubles(a.rows(), -9, 9).toArray());
                    assertThat(norm(minus(x, reference))).isLessThanOrEqualTo(1e-6 * (1 + norm(reference)));
                }
            }
        }
    }

    private static double[] iterate(Matrix a, double[] b, FenchelActivation phi, double[] start) {
        double[] x = start;
        for (int k = 0; k < 20_000; k++) {
            double[] next = step(a, b, phi, x);
            if (norm(minus(next, x)) < 1e-14 * (1 + norm(x))) {
                return next;
            }
            x = next;
        }
        return x;
    }

    private static double[] step(Matrix a, double[] b, FenchelActivation phi, double[] x) {
        double[] image = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double z = b[i];
            for (int j = 0; j < x.length; j++) {
                z += a.get(i, j) * x[j];
            }
            image[i] = phi.value(z);
        }
        return image;
    }

    private static double[] minus(double[] x, double[] y) {
        double[] difference = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            difference[i] = x[i] - y[i];
        }
        return difference;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double entry : x) {
            sum = Math.hypot(sum, entry);
        }
        return sum;
    }
}
