package org.implicitdl.train.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.penalty.GroupNorm.Alpha;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every penalty, tested by the definitions on matrices [3, 3]. */
class PenaltyContractTest {
    private static final int N = 3;
    private static final SparsityMask UPPER = SparsityMask.strictlyUpper(Partition.of(1, 1, 1));
    private static final SparsityMask CROSS =
            SparsityMask.of(Matrix.ofRows(new double[] {1, 1, 0}, new double[] {1, 1, 1}, new double[] {0, 1, 1}));

    private static final Penalty COLUMNS = GroupNorm.ofColumns(0.4);

    /** Those under which every linear function has a minimum. */
    static List<Penalty> bounding() {
        return List.of(
                new Ridge(0.7),
                L1Ball.ofRows(0.8),
                new L1Ball(Groups.COLUMNS, 0.8),
                L1Ball.ofAll(1.5),
                UPPER.and(L1Ball.ofRows(0.5)),
                CROSS.and(COLUMNS).and(new Ridge(0.3)),
                new L1Norm(0.3).and(new Ridge(0.6)),
                L1Ball.ofRows(0.8).and(new L1Norm(0.2)).and(new Ridge(0.5)).and(CROSS),
                L1Ball.ofRows(0.8).and(L1Ball.ofAll(0.7)),
                L1Ball.ofRows(0.8).and(L1Ball.ofAll(1.2)).and(new Ridge(0.1)),
                Parts.of(N, N).with(0, 2, 0, 3, L1Ball.ofRows(0.5)).with(2, 3, 0, 3, new Ridge(2)));
    }

    /** Those under which some linear function falls without end, and sums whose vertices are not known. */
    static List<Penalty> others() {
        return List.of(
                Penalty.none(),
                new L1Norm(0.5),
                COLUMNS,
                GroupNorm.ofRows(0.4),
                new GroupNorm(Groups.COLUMNS, 0.4, Alpha.INFINITY),
                new GroupNorm(Groups.ALL, 0.9, Alpha.TWO),
                UPPER,
                CROSS,
                new L1Norm(0.2).and(COLUMNS),
                new L1Norm(0.2).and(new GroupNorm(Groups.ROWS, 0.4, Alpha.INFINITY)),
                L1Ball.ofRows(0.8).and(L1Ball.ofAll(1.2)),
                L1Ball.ofRows(0.8).and(new L1Ball(Groups.COLUMNS, 0.7)).and(CROSS),
                GroupNorm.ofRows(0.4).and(COLUMNS).and(new L1Norm(0.1)),
                COLUMNS.and(L1Ball.ofRows(0.8)),
                L1Ball.ofRows(0.8)
                        .and(new L1Ball(Groups.COLUMNS, 0.7))
                        .and(L1Ball.ofAll(1.9))
                        .and(COLUMNS),
                Parts.of(N, N).with(0, 2, 0, 2, L1Ball.ofRows(0.5)).with(0, 3, 2, 3, COLUMNS),
                Parts.of(N, N)
                        .with(0, 2, 0, 2, new L1Norm(0.3))
                        .and(Parts.of(N, N).with(0, 3, 0, 3, L1Ball.ofRows(0.5))));
    }

    static List<Penalty> penalties() {
        return Stream.concat(bounding().stream(), others().stream()).toList();
    }

    /** For a convex g, V is the proximal point if and only if no candidate is below the parabola over it. */
    @ParameterizedTest
    @MethodSource("penalties")
    void noCandidateIsBetterThanTheProximalPoint(Penalty penalty) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Domain domain = new Domain(penalty, N, N);
            Matrix w = Randoms.gaussian(N, N, seed % 3 == 0 ? 0.3 : 2, random);
            double step = 0.2 + 2 * random.nextDouble();
            Matrix v = penalty.prox(w, step);
            double minimum = objective(penalty, w, step, v);
            assertThat(minimum).as("seed %d", seed).isFinite();
            for (Matrix other : domain.samples(v, 300, random)) {
                double distance = Entries.distance(other, v);
                assertThat(objective(penalty, w, step, other))
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(minimum + 0.5 * distance * distance - 1e-10);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void whereThereIsNoLinearMinimizerTheMessageSaysWhatHelps(Penalty penalty) {
        assertThatThrownBy(() -> penalty.linearMinimizer(Matrix.identity(N)))
                .isInstanceOf(UnboundedPenaltyException.class)
                .hasMessageContaining("ridge")
                .hasMessageContaining("proximal gradient");
    }

    @ParameterizedTest
    @MethodSource("bounding")
    void noCandidateIsBetterThanTheLinearMinimizer(Penalty penalty) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Matrix g = Randoms.gaussian(N, N, 1, random);
            Matrix v = penalty.linearMinimizer(g);
            double minimum = Domain.inner(g, v) + penalty.value(v);
            assertThat(minimum).as("seed %d", seed).isFinite();
            for (Matrix other : new Domain(penalty, N, N).samples(v, 300, random)) {
                assertThat(Domain.inner(g, other) + penalty.value(other))
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(minimum - 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void aMonotonePenaltyFallsWhenEntriesShrinkAndIgnoresSigns(Penalty penalty) {
        assertThat(penalty.isMonotone()).isTrue();
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Matrix w = Randoms.gaussian(N, N, 0.3, random);
            Matrix smaller = w.copy();
            Matrix flipped = w.copy();
            for (int i = 0; i < w.values().length; i++) {
                smaller.values()[i] *= random.nextInt(3) / 2.0;
                flipped.values()[i] *= random.nextBoolean() ? 1 : -1;
            }
            assertThat(penalty.value(smaller)).as("seed %d", seed).isLessThanOrEqualTo(penalty.value(w));
            assertThat(penalty.value(flipped)).as("seed %d", seed).isEqualTo(penalty.value(w));
        }
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void zeroIsAlwaysAllowedAndStaysZero(Penalty penalty) {
        Matrix zero = Matrix.zeros(N, N);
        assertThat(penalty.value(zero)).isZero();
        assertThat(penalty.prox(zero, 1).maxAbs()).isZero();
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void argumentsAreNotChangedAndResultsShareNothing(Penalty penalty) {
        Matrix w = Randoms.gaussian(N, N, 0.01, new Random(3));
        Matrix copy = w.copy();
        Matrix v = penalty.prox(w, 1);
        java.util.Arrays.fill(v.values(), 5);
        assertThat(w).isEqualTo(copy);
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void badArgumentsAreRefused(Penalty penalty) {
        Matrix bad = Matrix.zeros(N, N);
        bad.set(1, 2, Double.NaN);
        assertThatThrownBy(() -> penalty.prox(bad, 1))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("(1, 2) is NaN");
        for (double step : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> penalty.prox(Matrix.zeros(N, N), step))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("step must be positive");
        }
    }

    private static double objective(Penalty penalty, Matrix w, double step, Matrix v) {
        double distance = Entries.distance(v, w);
        return 0.5 * distance * distance + step * penalty.value(v);
    }
}
