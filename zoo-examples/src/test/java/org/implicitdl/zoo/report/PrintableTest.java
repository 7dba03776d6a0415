package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.implicitdl.text.Count;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharactersAreShownAndDoNotAct() {
        assertThat(Printable.of("a\u001B[31mb\u0007\u0000\u007F")).isEqualTo("a␛[31mb␇␀␡");
        assertThat(Printable.of("\u009B")).isEqualTo("\uFFFD");
        assertThat(Printable.of("two\nlines\r\tend")).isEqualTo("two␊lines␍␉end");
    }

    @Test
    void theEndsOfLinesStayWhereLinesAreMeant() {
        assertThat(Printable.linesOf("a\r\nb\u001B\n")).isEqualTo("a\r\nb␛\n");
    }

    @Test
    void allOtherTextIsAsItWas() {
        assertThat(Printable.of("é ü 名 🙂 a|b\\")).isEqualTo("é ü 名 🙂 a|b\\");
    }

    @Test
    void oneIsNotMany() {
        assertThat(Count.of(1, "row")).isEqualTo("1 row");
        assertThat(Count.of(0, "row")).isEqualTo("0 rows");
        assertThat(Count.of(1200, "row")).isEqualTo("1,200 rows");
    }
}
