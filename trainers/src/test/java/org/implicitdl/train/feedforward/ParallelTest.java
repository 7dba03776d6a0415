package org.implicitdl.train.feedforward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 1000})
    void everySampleIsVisitedOnce(int samples) {
        AtomicIntegerArray visits = new AtomicIntegerArray(samples);
        Parallel.overSamples(samples, (from, to) -> {
            for (int i = from; i < to; i++) {
                visits.incrementAndGet(i);
            }
        });
        for (int i = 0; i < samples; i++) {
            assertThat(visits.get(i)).isEqualTo(1);
        }
    }

    /** Terms of very different size: another order of summation would give other bits. */
    @Test
    void sumsHaveTheSameBitsInPoolsOfOneAndOfFour() throws Exception {
        Random random = new Random(1);
        double[] terms = new double[10_000];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = random.nextGaussian() * Math.pow(10, 10 * random.nextDouble());
        }
        assertThat(sumIn(4, terms)).isEqualTo(sumIn(1, terms));
    }

    private static double sumIn(int threads, double[] terms) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> Parallel.sumOverSamples(terms.length, (from, to) -> {
                        double sum = 0;
                        for (int i = from; i < to; i++) {
                            sum += terms[i];
                        }
                        return sum;
                    }))
                    .get();
        } finally {
            pool.shutdown();
        }
    }
}
