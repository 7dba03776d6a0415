package org.implicitdl.zoo.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
    @TempDir
    private Path folder;

    @Test
    void confusionAndMistakesAreWhatDeeplearning4jCounts() {
        Predictions test = Examples.results(folder, 1).test();
        int[][] confusion = test.confusion();

        // One epoch is not enough: there are mistakes to count.
        assertThat(test.mistakes()).isNotEmpty();
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                assertThat(confusion[i][j])
                        .isEqualTo(test.evaluation().getConfusionMatrix().getCount(i, j));
            }
        }
        assertThat(test.accuracy()).isEqualTo((60 - test.mistakes().size()) / 60.0);
    }

    @Test
    void theSurestMistakeComesFirst() {
        Predictions test = Examples.results(folder, 1).test();

        assertThat(test.mistakes())
                .allSatisfy(i -> assertThat(test.predicted().get(i))
                        .isNotEqualTo(test.images().label(i)))
                .extracting(test.probability()::get)
                .isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(IntStream.range(0, 60).mapToObj(test.probability()::get))
                .allSatisfy(probability -> assertThat(probability).isBetween(0.1f, 1f));
    }
}
