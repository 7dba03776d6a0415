package org.implicitdl.zoo.recovery.method;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargestGapTest {

    @Test
    void theInputsAboveTheLargestRatioAreTheSupport() {
        assertThat(LargestGap.above(new double[] {.1, 1, .09, .8, .9})).containsExactly(1, 3, 4);
    }

    @Test
    void smallNormsDoNotCountHoweverMuchTheyDiffer() {
        assertThat(LargestGap.above(new double[] {.4, 1, .04, 1e-9, 0})).containsExactly(0, 1);
    }

    @Test
    void zerosMakeNoInfiniteRatio() {
        assertThat(LargestGap.above(new double[] {1, 0, .5})).containsExactly(0, 2);
    }
}
