package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassTableTest {
    @Test
    void countsHaveARowForEachTrueClass() {
        int[] truth = {0, 0, 1, 2, 2, 2};
        int[] predicted = {0, 1, 1, 2, 0, 2};

        assertThat(ClassTable.counts(3, truth, predicted)).isDeepEqualTo(new int[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 2}});
    }

    @Test
    void precisionIsOfThePredictionsAndRecallOfTheSamples() {
        Table table = ClassTable.of(List.of("a", "b", "c"), "rows", new int[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 2}});

        assertThat(table.header()).containsExactly("class", "rows", "precision", "recall", "F1");
        assertThat(table.rows())
                .containsExactly(
                        List.of("a", "2", "50.00 %", "50.00 %", "50.00 %"),
                        List.of("b", "1", "50.00 %", "100.00 %", "66.67 %"),
                        List.of("c", "3", "100.00 %", "66.67 %", "80.00 %"));
    }

    @Test
    void aClassThatNeitherOccursNorIsPredictedCountsAsZero() {
        Table table = ClassTable.of(List.of("a", "b"), "rows", new int[][] {{4, 0}, {0, 0}});

        assertThat(table.rows().get(1)).containsExactly("b", "0", "0.00 %", "0.00 %", "0.00 %");
    }
}
