package org.implicitdl.zoo.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedComparisonTest {

    @Test
    void theDifferencesAreThoseOfTheSameSplits() {
        PairedComparison paired =
                PairedComparison.of(new double[] {.9, .8, 1, .7, .95, .5}, new double[] {.8, .9, 1, .6, .9, .45});

        assertThat(paired.count()).isEqualTo(6);
        assertThat(paired.wins()).isEqualTo(4);
        assertThat(paired.losses()).isEqualTo(1);
        assertThat(paired.ties()).isEqualTo(1);
        // In order: -.1, 0, .05, .05, .1, .1.
        assertThat(paired.median()).isCloseTo(.05, within(1e-12));
        assertThat(paired.interval().low()).isCloseTo(-.1, within(1e-12));
        assertThat(paired.interval().high()).isCloseTo(.1, within(1e-12));
    }

    @Test
    void unequalNumbersOfScoresAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedComparison.of(new double[3], new double[2]))
                .withMessageContaining("3 and 2");
    }

    @Test
    void theStandardErrorIsTheDeviationOverTheRootOfTheSplits() {
        CrossValidatedScore score = CrossValidatedScore.of(.8, .9, .7, .8);

        assertThat(score.mean()).isCloseTo(.8, within(1e-12));
        assertThat(score.standardError()).isCloseTo(Math.sqrt(.02 / 3) / 2, within(1e-12));
    }

    @Test
    void oneStandardErrorIsThatOfTheOther() {
        CrossValidatedScore reference = new CrossValidatedScore(.9, .02);

        assertThat(new CrossValidatedScore(.88, 0).isWithinOneStandardErrorOf(reference))
                .isTrue();
        assertThat(new CrossValidatedScore(.95, 0).isWithinOneStandardErrorOf(reference))
                .isTrue();
        assertThat(new CrossValidatedScore(.879, .1).isWithinOneStandardErrorOf(reference))
                .isFalse();
    }
}
