package org.implicitdl.train.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.penalty.GroupNorm.Alpha;
import org.junit.jupiter.api.Test;

/** Each proximal point against a slow way to it that shares no formula with it. */
class ProximalPointsTest {
    private static final int SEEDS = 50;

    @Test
    void ballProjectionIsTheBestOverAllSupports() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Matrix w = Randoms.gaussian(3, 6, 1, new Random(seed));
            Matrix v = L1Ball.ofRows(0.9).prox(w, 1);
            for (int i = 0; i < 3; i++) {
                double[] expected = bestOverSupports(row(w, i), 0.9);
                assertThat(row(v, i)).as("seed %d", seed).containsExactly(expected, within(1e-14));
            }
        }
    }

    @Test
    void ballProjectionNeverLeavesTheBallBeyondRounding() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Matrix w = Randoms.gaussian(4, 300, Math.pow(10, random.nextInt(12) - 3), random);
            assertThat(L1Ball.ofRows(0.5).value(L1Ball.ofRows(0.5).prox(w, 1)))
                    .as("seed %d", seed)
                    .isZero();
        }
    }

    @Test
    void hugeEntriesAreProjectedToo() {
        Matrix w = Matrix.ofRows(new double[] {1e308, -1e308, 1e308, 3});
        Matrix v = L1Ball.ofRows(0.9).prox(w, 1);
        assertThat(v.values()).containsExactly(new double[] {0.3, -0.3, 0.3, 0}, within(1e-14));
    }

    @Test
    void euclideanGroupsShrinkAlongThemselvesByTheBestFactor() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Matrix w = Randoms.gaussian(4, 3, 1, new Random(seed));
            Matrix v = GroupNorm.ofColumns(1.5).prox(w, 0.8);
            for (int j = 0; j < 3; j++) {
                double norm = Math.sqrt(square(w, j));
                double factor = minimizer(0, 1, t -> 0.5 * (1 - t) * (1 - t) * norm * norm + 0.8 * 1.5 * t * norm);
                for (int i = 0; i < 4; i++) {
                    assertThat(v.get(i, j)).as("seed %d", seed).isCloseTo(factor * w.get(i, j), within(1e-7));
                }
            }
        }
    }

    @Test
    void maximumGroupsAreCutAtTheBestLevel() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Matrix w = Randoms.gaussian(4, 3, 1, new Random(seed));
            Matrix v = new GroupNorm(Groups.COLUMNS, 1.5, Alpha.INFINITY).prox(w, 0.8);
            for (int j = 0; j < 3; j++) {
                int column = j;
                double level = minimizer(0, 4, c -> 0.5 * squareAbove(w, column, c) + 0.8 * 1.5 * c);
                for (int i = 0; i < 4; i++) {
                    double cut = Math.copySign(Math.min(Math.abs(w.get(i, j)), level), w.get(i, j));
                    assertThat(v.get(i, j)).as("seed %d", seed).isCloseTo(cut, within(1e-7));
                }
            }
        }
    }

    @Test
    void exactCombinationsAgreeWithTheAlternatingMethod() {
        SparsityMask mask = SparsityMask.of(Randoms.gaussian(3, 4, 1, new Random(1)));
        for (int seed = 0; seed < SEEDS; seed++) {
            Matrix w = Randoms.gaussian(3, 4, 1.5, new Random(seed));
            for (Penalty core : new Penalty[] {
                L1Ball.ofRows(0.8), GroupNorm.ofColumns(0.5), new GroupNorm(Groups.ROWS, 0.5, Alpha.INFINITY)
            }) {
                for (Penalty part : new Penalty[] {new L1Norm(0.2), new Ridge(0.7), mask}) {
                    Matrix exact = core.and(part).prox(w, 0.9);
                    Matrix slow = new AlternatingSum(List.of(part, core)).prox(w, 0.9);
                    assertThat(Entries.distance(exact, slow))
                            .as("seed %d: %s", seed, part)
                            .isLessThan(1e-9);
                }
            }
        }
    }

    @Test
    void combinationsOfTheSamePartsAreEqualInAnyOrder() {
        Penalty ball = L1Ball.ofRows(0.8);
        Penalty shrink = new L1Norm(0.2);
        Penalty ridge = new Ridge(0.5);
        assertThat(ball.and(shrink).and(ridge)).isEqualTo(ridge.and(shrink.and(ball)));
        assertThat(shrink.and(shrink)).isEqualTo(new L1Norm(0.4));
        assertThat(ridge.and(Penalty.none())).isEqualTo(ridge);
        assertThat(Penalty.none().and(ball)).isEqualTo(ball);
    }

    @Test
    void masksLeaveTheUpperBlockTriangle() {
        Matrix ones = Matrix.zeros(3, 3);
        java.util.Arrays.fill(ones.values(), 1);
        Matrix masked = SparsityMask.strictlyUpper(Partition.of(1, 2)).prox(ones, 1);
        assertThat(masked)
                .isEqualTo(Matrix.ofRows(new double[] {0, 1, 1}, new double[] {0, 0, 0}, new double[] {0, 0, 0}));
        assertThatThrownBy(() -> SparsityMask.of(ones).prox(Matrix.zeros(2, 3), 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 3]")
                .hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> SparsityMask.of(ones).and(SparsityMask.of(Matrix.zeros(2, 2))))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void theColumnNormsOfBAboveDAreOnePartOfTheModelMatrix() {
        Matrix m = Matrix.ofRows(new double[] {9, 3, 0.1}, new double[] {9, 4, 0.1});
        Parts penalty = Parts.of(2, 3).with(0, 2, 1, 3, GroupNorm.ofColumns(1));
        assertThat(penalty.value(m)).isCloseTo(5 + Math.sqrt(0.02), within(1e-14));
        Matrix near = penalty.prox(m, 1);
        assertThat(near.values()).containsExactly(new double[] {9, 9, 2.4, 3.2, 0, 0}, within(1e-14));
    }

    @Test
    void partsThatOverlapOrLeaveTheMatrixAreRefused() {
        Parts parts = Parts.of(3, 3).with(0, 2, 0, 2, new Ridge(1));
        assertThatThrownBy(() -> parts.with(1, 3, 1, 3, new Ridge(1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("must not overlap");
        assertThatThrownBy(() -> parts.with(2, 4, 0, 1, new Ridge(1))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> parts.with(2, 2, 0, 1, new Ridge(1))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> parts.prox(Matrix.zeros(2, 3), 1)).isInstanceOf(ShapeException.class);
    }

    @Test
    void ofTwoBallsThatHoldEachOtherTheSmallerOneRemains() {
        Penalty ball = L1Ball.ofRows(0.5);
        assertThat(L1Ball.ofRows(0.9).and(ball)).isEqualTo(ball);
        assertThat(ball.and(L1Ball.ofRows(0.9)).and(ball)).isEqualTo(ball);
        assertThat(ball.and(L1Ball.ofAll(0.5))).isEqualTo(L1Ball.ofAll(0.5));
        assertThat(L1Ball.ofAll(2).and(ball).and(L1Ball.ofAll(0.4))).isEqualTo(L1Ball.ofAll(0.4));
    }

    @Test
    void partsAddUpPartByPart() {
        Parts parts = Parts.of(3, 4).with(0, 2, 0, 2, L1Ball.ofRows(0.9)).with(0, 3, 2, 4, GroupNorm.ofColumns(1));
        Penalty sum =
                parts.and(Parts.of(3, 4).with(0, 2, 0, 2, L1Ball.ofRows(0.5)).with(2, 3, 0, 2, new Ridge(1)));
        assertThat(sum)
                .isEqualTo(Parts.of(3, 4)
                        .with(0, 2, 0, 2, L1Ball.ofRows(0.5))
                        .with(0, 3, 2, 4, GroupNorm.ofColumns(1))
                        .with(2, 3, 0, 2, new Ridge(1)));
        assertThatThrownBy(() -> parts.and(Parts.of(4, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 4]")
                .hasMessageContaining("[4, 3]");
    }

    /** Sums within sums would nest their rounds. */
    @Test
    void aSumOfManyTakesRoundsOfItsTermsAlone() {
        Counted counted = new Counted(L1Ball.ofRows(0.8), new AtomicInteger());
        Penalty sum = counted.and(new L1Ball(Groups.COLUMNS, 0.7))
                .and(L1Ball.ofAll(4))
                .and(GroupNorm.ofColumns(0.2))
                .and(GroupNorm.ofRows(0.1));
        sum.prox(Randoms.gaussian(10, 10, 1, new Random(4)), 1);
        assertThat(counted.calls().get()).isBetween(2, 3000);
    }

    @Test
    void setsWithoutACommonPointAreFoundSoon() {
        Counted counted = new Counted(new AtLeast(0.1), new AtomicInteger());
        assertThatThrownBy(() -> counted.and(L1Ball.ofRows(0.9)).prox(Randoms.gaussian(10, 10, 1, new Random(2)), 1))
                .isInstanceOf(NoCommonPointException.class);
        assertThat(counted.calls().get()).isLessThan(1000);
    }

    @Test
    void aConstraintThatIsNotMonotoneCombinesWithOthers() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Matrix w = Randoms.gaussian(3, 3, 1, new Random(seed));
            Matrix near =
                    new L1Norm(0.2).and(new AtLeast(0.1)).and(new Ridge(0.7)).prox(w, 0.9);
            for (int i = 0; i < near.values().length; i++) {
                double expected = Math.max(0.1, (w.values()[i] - 0.9 * 0.2) / (1 + 0.9 * 0.7));
                assertThat(near.values()[i]).as("seed %d", seed).isCloseTo(expected, within(1e-9));
            }
        }
    }

    /** The nearest vᵢ ≥ c with ∑ vᵢ ≤ κ is c + the nearest point of the ball of radius κ − nc to (w − c)₊. */
    @Test
    void aConstraintThatIsNotMonotoneMeetsABall() {
        Penalty sum = new AtLeast(0.1).and(L1Ball.ofRows(0.8));
        assertThat(sum.isMonotone()).isFalse();
        for (int seed = 0; seed < SEEDS; seed++) {
            Matrix w = Randoms.gaussian(3, 3, 1, new Random(seed));
            Matrix shifted = w.copy();
            for (int i = 0; i < 9; i++) {
                shifted.values()[i] = Math.max(0, w.values()[i] - 0.1);
            }
            Matrix expected = L1Ball.ofRows(0.8 - 3 * 0.1).prox(shifted, 1);
            Matrix near = sum.prox(w, 1);
            for (int i = 0; i < 9; i++) {
                assertThat(near.values()[i]).as("seed %d", seed).isCloseTo(0.1 + expected.values()[i], within(1e-9));
            }
        }
    }

    @Test
    void setsWithoutACommonPointAreReported() {
        assertThatThrownBy(() -> new Point(2).and(L1Ball.ofAll(1)).prox(Matrix.zeros(1, 1), 1))
                .isInstanceOf(NoCommonPointException.class)
                .hasMessageContaining("no point in common")
                .hasMessageContaining("the ℓ₁ ball");
        assertThat(new Point(0.5)
                        .and(L1Ball.ofAll(1))
                        .prox(Matrix.zeros(1, 1), 1)
                        .get(0, 0))
                .isEqualTo(0.5);
    }

    @Test
    void weightsAndRadiiOutOfRangeAreRefused() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Ridge(bad)).hasMessageContaining("at least 0 and finite, but is " + bad);
            assertThatThrownBy(() -> new L1Norm(bad)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> GroupNorm.ofColumns(bad)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> L1Ball.ofRows(bad)).hasMessageContaining("radius κ");
        }
    }

    /** A constraint of somebody else that is not monotone: one number alone. */
    private record Point(double point) implements Penalty {
        @Override
        public double value(Matrix w) {
            return w.get(0, 0) == point ? 0 : Double.POSITIVE_INFINITY;
        }

        @Override
        public Matrix prox(Matrix w, double step) {
            return Matrix.ofRows(new double[] {point});
        }

        @Override
        public Matrix linearMinimizer(Matrix g) {
            return prox(g, 1);
        }

        @Override
        public boolean isMonotone() {
            return false;
        }
    }

    /** Counts the proximal points. */
    private record Counted(Penalty penalty, AtomicInteger calls) implements Penalty {
        @Override
        public double value(Matrix w) {
            return penalty.value(w);
        }

        @Override
        public Matrix prox(Matrix w, double step) {
            calls.incrementAndGet();
            return penalty.prox(w, step);
        }

        @Override
        public Matrix linearMinimizer(Matrix g) {
            return penalty.linearMinimizer(g);
        }

        @Override
        public boolean isMonotone() {
            return penalty.isMonotone();
        }
    }

    /** Every support has its own threshold; the nearest of the points in the ball is the projection. */
    private static double[] bestOverSupports(double[] w, double kappa) {
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int support = 1; support < 1 << w.length; support++) {
            double sum = 0;
            for (int i = 0; i < w.length; i++) {
                sum += (support >> i & 1) * Math.abs(w[i]);
            }
            double threshold = Math.max(0, (sum - kappa) / Integer.bitCount(support));
            double[] v = new double[w.length];
            double total = 0;
            double distance = 0;
            for (int i = 0; i < w.length; i++) {
                v[i] = (support >> i & 1) * Math.signum(w[i]) * Math.max(0, Math.abs(w[i]) - threshold);
                total += Math.abs(v[i]);
                distance += (v[i] - w[i]) * (v[i] - w[i]);
            }
            if (total <= kappa + 1e-12 && distance < least) {
                least = distance;
                best = v;
            }
        }
        return best;
    }

    private static double minimizer(double from, double to, DoubleUnaryOperator convex) {
        double low = from;
        double high = to;
        for (int i = 0; i < 200; i++) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            if (convex.applyAsDouble(left) <= convex.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return low;
    }

    private static double square(Matrix w, int j) {
        return squareAbove(w, j, 0);
    }

    private static double squareAbove(Matrix w, int j, double level) {
        double sum = 0;
        for (int i = 0; i < w.rows(); i++) {
            double above = Math.max(0, Math.abs(w.get(i, j)) - level);
            sum += above * above;
        }
        return sum;
    }

    private static double[] row(Matrix w, int i) {
        double[] row = new double[w.cols()];
        for (int j = 0; j < row.length; j++) {
            row[j] = w.get(i, j);
        }
        return row;
    }
}
