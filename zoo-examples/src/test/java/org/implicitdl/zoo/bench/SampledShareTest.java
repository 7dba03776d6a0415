package org.implicitdl.zoo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;

class SampledShareTest {
    private static final long ENOUGH = 300_000_000L;
    private static final Matrix FACTOR = Matrix.identity(500);

    private static void multiplyFor(long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        while (System.nanoTime() < end) {
            Lapack.times(FACTOR, FACTOR);
        }
    }

    private static void waitFor(long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void productsAreTheShareOfTheTimeThatTheyTake() {
        double all = SampledShare.of(SampledShare.MATRIX_PRODUCTS, () -> multiplyFor(ENOUGH))
                .share();
        double half = SampledShare.of(SampledShare.MATRIX_PRODUCTS, () -> {
                    multiplyFor(ENOUGH);
                    waitFor(ENOUGH);
                })
                .share();
        double none = SampledShare.of(SampledShare.MATRIX_PRODUCTS, () -> waitFor(ENOUGH))
                .share();

        assertThat(all).isGreaterThan(0.6);
        assertThat(half).isCloseTo(all / 2, within(0.25));
        assertThat(none).isZero();
    }

    @Test
    void theTasksFailureIsThrownOnAndTheWatchEnds() {
        assertThatThrownBy(() -> SampledShare.of(frame -> true, () -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("watch of"));
    }
}
