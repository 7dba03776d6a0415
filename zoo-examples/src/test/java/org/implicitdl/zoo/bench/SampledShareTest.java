package org.implicitdl.zoo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SampledShareTest {
    /** What a stack trace says of a native method in place of a line. */
    private static final int NATIVE = -2;

    private static StackTraceElement frame(String method, int line) {
        return new StackTraceElement("org.bytedeco.openblas.global.openblas", method, "openblas.java", line);
    }

    /** Runs until a number of looks were taken, of which a predicate tells the hits by their number. */
    private static SampledShare after(int looks, Predicate<Integer> hit) {
        AtomicInteger taken = new AtomicInteger();
        return SampledShare.of(frame -> hit.test(taken.getAndIncrement()), () -> {
            while (taken.get() < looks) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void theShareIsThatOfTheLooksThatHit() {
        assertThat(after(20, look -> true).share()).isEqualTo(1);
        assertThat(after(20, look -> false).share()).isZero();
        SampledShare half = after(20, look -> look % 2 == 0);
        assertThat(half.looks()).isGreaterThanOrEqualTo(20);
        assertThat(half.hits()).isEqualTo((half.looks() + 1) / 2);
    }

    @Test
    void productsAreTheNativeOnesOfBlas() {
        assertThat(SampledShare.MATRIX_PRODUCTS)
                .accepts(frame("cblas_sgemm", NATIVE), frame("cblas_dgemv", NATIVE), frame("cblas_ssyrk", NATIVE))
                .rejects(frame("cblas_sgemm", 12), frame("cblas_sscal", NATIVE), frame("LAPACKE_dpotrf", NATIVE));
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
