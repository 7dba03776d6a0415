package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CsvTableTest {
    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', '|'})
    void theDelimiterIsTheOneThatTheFirstLineHasMostOf(char delimiter) {
        CsvTable table = Tables.of("a,b\"c\"d".replace(',', delimiter), "1,x".replace(',', delimiter));

        assertThat(table.columns()).hasSize(2);
        assertThat(table.rows().get(0).cells()).containsExactly("1", "x");
    }

    @Test
    void aDelimiterWithinQuotesIsPartOfTheCell() {
        CsvTable table = Tables.of("\"a;b;c\",d", "\"1,5 \"\"big\"\"\",\"C:\\new\"");

        assertThat(table.columns()).containsExactly("a;b;c", "d");
        assertThat(table.rows().get(0).cells()).containsExactly("1,5 \"big\"", "C:\\new");
    }

    @Test
    void rowsKeepTheLinesThatTheyStartIn() {
        CsvTable table = Tables.of("a,b", "", "1,\"two", "lines\"", "   ", "3,é", "");

        assertThat(table.rows()).containsExactly(new Row(3, List.of("1", "two\nlines")), new Row(6, List.of("3", "é")));
    }

    @Test
    void whatStandsForAMissingValueIsEmpty() {
        CsvTable table = Tables.of("a,b,c,d,e,f,g", ",?,NA,n/a,NaN,null, ");

        assertThat(table.rows().get(0).cells()).containsOnly("");
    }

    @Test
    void withoutAHeaderColumnsAreNumbered() {
        assertThat(Tables.of("1,x", "2,y").columns()).containsExactly("column1", "column2");
        assertThat(Tables.of("a,x", "2,y").columns()).containsExactly("a", "x");
        CsvTable said = Tables.of(new CsvFormat(Optional.of(false), Optional.empty()), utf8("a,x\nb,y"));
        assertThat(said.columns()).containsExactly("column1", "column2");
        assertThat(said.rows()).hasSize(2);
        CsvTable numbers = Tables.of(new CsvFormat(Optional.of(true), Optional.empty()), utf8("2019,2020\n1,2"));
        assertThat(numbers.columns()).containsExactly("2019", "2020");
    }

    @Test
    void aHeaderCellWithoutANameIsNumbered() {
        assertThat(Tables.of(",x", "2,y").columns()).containsExactly("column1", "x");
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreNoPartOfCells() {
        CsvTable table = Tables.of(CsvFormat.detected(), utf8("\uFEFFa,b\r\n1,x\r\n"));

        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(table.rows()).containsExactly(new Row(2, List.of("1", "x")));
    }

    @Test
    void aGzippedFileIsReadWhateverItsName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(utf8("a,b\n1,x\n"));
        }
        Path file = Files.write(folder.resolve("packed.csv"), bytes.toByteArray());
        Path half = Files.write(folder.resolve("half.csv"), java.util.Arrays.copyOf(bytes.toByteArray(), 20));

        assertThat(CsvTable.read(file, CsvFormat.detected()).columns()).containsExactly("a", "b");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.read(half, CsvFormat.detected()))
                .withMessageContainingAll("half.csv", "cannot be read", "fetch it again")
                .withMessageNotContaining("java.");
    }

    private static void assertRefused(String text, String... parts) {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Tables.of(CsvFormat.detected(), utf8(text)))
                .withMessageContainingAll(parts)
                .withMessageContaining("table.csv");
    }

    @Test
    void aRowThatIsLongerOrShorterIsNamedByItsLine() {
        assertRefused("a,b\n1,x\n2,y,3\n", "2 columns", "line 3", "3 cells");
        assertRefused("a,b\n1,x\n\n2\n", "2 columns", "line 4", "1 cell;");
        assertRefused("a\n1,x\n", "1 column,", "2 cells;");
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamedByTheLineThatOpensIt() {
        assertRefused("a,b\n1,x\n2,\"y\n3,z\n4,x\n", "line 3", "never closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n\n \n", "\"\"\n"})
    void anEmptyFileIsRefused(String text) {
        assertRefused(text, "empty");
    }

    @Test
    void aHeaderAloneIsRefused() {
        assertRefused("a,b\n", "no rows");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertRefused("a,b,a\n1,2,3\n", "two columns called 'a'");
    }

    @Test
    void whatIsNoTextInUtf8IsRefused() {
        byte[] latin = "a,b\n1,é\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Tables.of(CsvFormat.detected(), latin))
                .withMessageContainingAll("table.csv", "UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.read(folder.resolve("none.csv"), CsvFormat.detected()))
                .withMessageContaining("none.csv");
    }

    @Test
    void aFolderIsCalledAFolder() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.read(folder, CsvFormat.detected()))
                .withMessageContaining("is a folder");
    }

    @Test
    void columnsThatAreNotThereAreAllNamedWithThoseThatAre() {
        CsvTable table = Tables.of("Size,b", "1,x");

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> table.indicesOf(List.of("size", "b", "c")))
                .withMessageContainingAll("'size', 'c'", "'Size', 'b'", "did you mean 'Size'");
    }

    @Test
    void aTableOfNumbersIsAnArrayWithAHeaderOrWithoutOne() {
        INDArray expected = Nd4j.createFromArray(new double[][] {{1, -2.5}, {3e2, .25}});

        assertThat(Tables.of("a,b", "1,-2.5", "3e2,.25").numbers()).isEqualTo(expected);
        assertThat(Tables.of("1,-2.5", "3e2,.25").numbers()).isEqualTo(expected);
    }

    @Test
    void whatIsNoFiniteNumberIsNamedByLineAndColumn() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Tables.of("a,b", "1,2", "3,x").numbers())
                .withMessageContainingAll("line 3", "'x'", "column 'b'");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Tables.of("a,b", "NaN,2").numbers())
                .withMessageContainingAll("line 2", "has none", "column 'a'");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Tables.of("a,b", "1,1e999").numbers())
                .withMessageContainingAll("line 2", "'1e999'", "finite");
    }
}
