package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianIntervalTest {

    /** Ranks of the 95 % interval from tables of the sign test; coverages counted in 2^n equally likely rows of signs. */
    @ParameterizedTest
    @CsvSource({"6, 1, 6, 0.96875", "10, 2, 9, 0.978515625", "12, 3, 10, 0.961425781", "20, 6, 15, 0.958610535"})
    void theRanksAreThoseOfTheTables(int n, int low, int high, double coverage) {
        double[] sample = IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
        shuffle(sample);

        MedianInterval interval = MedianInterval.of(0.95, sample);

        assertThat(interval.low()).isEqualTo(low);
        assertThat(interval.high()).isEqualTo(high);
        assertThat(interval.coverage()).isCloseTo(coverage, within(1e-9));
    }

    private static void shuffle(double[] sample) {
        double last = sample[sample.length - 1];
        System.arraycopy(sample, 0, sample, 1, sample.length - 1);
        sample[0] = last;
    }

    @Test
    void tooFewValuesGiveTheRangeAndItsCoverage() {
        assertThat(MedianInterval.of(0.95, 3, 1, 2, 5, 4)).isEqualTo(new MedianInterval(1, 5, 0.9375));
        assertThat(MedianInterval.of(0.95, 7)).isEqualTo(new MedianInterval(7, 7, 0));
    }

    @Test
    void theMedianIsCoveredAsOftenAsIsSaid() {
        Random random = new Random(11);
        int trials = 4000;
        int covered = 0;
        double coverage = 0;
        for (int i = 0; i < trials; i++) {
            double[] sample = random.doubles(10).map(Math::log).toArray();
            MedianInterval interval = MedianInterval.of(0.95, sample);
            coverage = interval.coverage();
            covered += interval.low() <= Math.log(0.5) && Math.log(0.5) <= interval.high() ? 1 : 0;
        }
        // Four standard errors.
        assertThat((double) covered / trials).isCloseTo(coverage, within(0.0095));
    }

    @Test
    void noValuesAndLevelsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MedianInterval.of(0.95))
                .withMessageContaining("0 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MedianInterval.of(1, 2, 3))
                .withMessageContaining("level 1.0");
    }

    @Test
    void theSampleIsLeftAsItIs() {
        double[] sample = {3, 1, 2};
        MedianInterval.of(0.5, sample);
        assertThat(Arrays.toString(sample)).isEqualTo("[3.0, 1.0, 2.0]");
    }
}
