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
    void columnsOfTextsAreAlignedLeft() {
        Table table = new Table(List.of("name", "kind", "n"), List.of(List.of("a", "number", "10")))
                .leftAligned("kind", "no such column");

        assertThat(table.toText()).isEqualTo("""
                        name  kind      n
                        -----------------
                        a     number   10
                        """);
        assertThat(table.toMarkdown()).contains("| ---- | ------ | --: |", "| a    | number |  10 |");
    }

    @Test
    void namesDoNotBreakTheTable() {
        Table table = new Table(List.of("class", "n"), List.of(List.of("a|b\\", "1"), List.of("\u001B[2Jc\nd", "2")));

        assertThat(table.toMarkdown()).contains("| a\\|b\\\\  |   1 |", "| ␛[2Jc␊d |   2 |");
        assertThat(new Table(List.of("<b>", "p"), List.of(List.of("x", "< .01"))).toMarkdown())
                .contains("| \\<b> |", "| < .01 |");
        assertThat(table.toText()).contains("a|b\\", "␛[2Jc␊d").hasLineCount(4);
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
