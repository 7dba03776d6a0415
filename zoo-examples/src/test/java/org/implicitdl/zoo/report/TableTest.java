package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE =
            new Table(List.of("method", "x"), List.of(List.of("zero", "0.5"), List.of("least squares", "12.25")));

    @Test
    void numbersAreAlignedRightInText() {
        assertThat(TABLE.toText()).isEqualTo("""
                        method             x
                        --------------------
                        zero             0.5
                        least squares  12.25
                        """);
    }

    @Test
    void markdownHasTheAlignmentOfTheText() {
        assertThat(TABLE.toMarkdown()).isEqualTo("""
                        | method        |     x |
                        | ------------- | ----: |
                        | zero          |   0.5 |
                        | least squares | 12.25 |
                        """);
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        List<List<String>> rows = List.of(List.of("only one"));
        assertThatThrownBy(() -> new Table(List.of("a", "b"), rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cells")
                .hasMessageContaining("only one");
    }
}
