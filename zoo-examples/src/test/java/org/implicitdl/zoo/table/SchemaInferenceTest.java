package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaInferenceTest {
    private static final CsvTable TABLE = Tables.of(
            "size,color,grade,note,nothing,answer",
            "1.5,red,2,a1,,yes",
            ",blue,1,b2,NA,no",
            "-3e2,,10,c3,,yes",
            "7,red,2,d4,?,no");

    private static TableSchema infer(CsvTable table, String label) {
        return TableSchema.infer(table, SchemaOptions.label(label));
    }

    @Test
    void numbersCategoriesAndEmptyColumnsAreToldApart() {
        TableSchema schema = infer(TABLE, "answer");

        assertThat(schema.columns())
                .containsExactly(
                        new NumberColumn("size", 1, -300, 7),
                        new CategoryColumn("color", 1, List.of("blue", "red")),
                        new NumberColumn("grade", 0, 1, 10),
                        new CategoryColumn("note", 0, List.of("a1", "b2", "c3", "d4")),
                        new UnusedColumn("nothing", 4, "no values"));
        assertThat(schema.label()).isEqualTo(new Label("answer", List.of("no", "yes")));
        assertThat(schema.features()).hasSize(4);
    }

    @Test
    void theDescriptionHasALineForEachColumn() {
        assertThat(infer(TABLE, "answer").description().rows())
                .contains(List.of("size", "number", "1", "-300 to 7"))
                .contains(List.of("color", "category", "1", "2: blue, red"))
                .contains(List.of("nothing", "left out", "4", "no values"))
                .endsWith(List.of("answer", "label, category", "0", "2: no, yes"));
    }

    @Test
    void whatIsSaidOfColumnsCounts() {
        TableSchema schema = TableSchema.infer(
                TABLE, new SchemaOptions("answer", Optional.empty(), Set.of("note"), Set.of("grade")));

        assertThat(schema.columns().get(2)).isEqualTo(new CategoryColumn("grade", 0, List.of("1", "2", "10")));
        assertThat(schema.columns().get(3)).isEqualTo(new UnusedColumn("note", 0, "as asked"));
    }

    @Test
    void textOfMoreThanFiftyKindsIsLeftOutUnlessItIsSaidToBeCategorical() {
        List<String> lines = new ArrayList<>(List.of("name,size,answer"));
        for (int i = 0; i < 51; i++) {
            lines.add("name" + i + "," + i + "," + (i % 2 == 0 ? "yes" : "no"));
        }
        CsvTable table = Tables.of(lines.toArray(String[]::new));

        assertThat(infer(table, "answer").columns().get(0))
                .isEqualTo(new UnusedColumn("name", 0, "51 different texts"));
        assertThat(TableSchema.infer(table, new SchemaOptions("answer", Optional.empty(), Set.of(), Set.of("name")))
                        .columns()
                        .get(0))
                .isInstanceOf(CategoryColumn.class);
    }

    @Test
    void aLabelOfFewWholeNumbersIsAClassAndOneOfOthersANumber() {
        CsvTable table = Tables.of("a,few,fraction", "1,2,0.5", "2,10,1", "3,2,2", "4,10,3");

        assertThat(infer(table, "few").label()).isEqualTo(new Label("few", List.of("2", "10")));
        assertThat(infer(table, "fraction").label()).isEqualTo(new Label("fraction", List.of()));
        assertThat(TableSchema.infer(table, Tables.as("few", Task.REGRESSION)).label())
                .isEqualTo(new Label("few", List.of()));
    }

    private static void assertRefused(CsvTable table, SchemaOptions options, String... parts) {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> TableSchema.infer(table, options))
                .withMessageContainingAll(parts);
    }

    private static String note(CsvTable table, String column) {
        return infer(table, "b").notes().getOrDefault(column, "");
    }

    @Test
    void numbersOfOneValueAreOneClassHoweverTheyAreWritten() {
        CsvTable table = Tables.of("a,b", "1,0", "2,0.0", "3,1.0", "4,1", "5,+1");

        assertThat(infer(table, "b").label()).isEqualTo(new Label("b", List.of("0", "1")));
        assertThat(new TableData(table, infer(table, "b"))
                        .labels(table.allRows())
                        .argMax(1)
                        .toIntVector())
                .containsExactly(0, 0, 1, 1, 1);
        assertRefused(Tables.of("a,b", "1,0", "2,0.0", "3,1.0"), SchemaOptions.label("b"), "'1.0'", "line 4");
    }

    @Test
    void namesThatAreNumbersKeepTheirSpellingIfThereIsOnlyOne() {
        CsvTable table =
                Tables.of("zip,b", "02139,x", "10001,y", "02139,y", "12345678901234567890,x", "12345678901234567891,y");
        TableSchema schema =
                TableSchema.infer(table, new SchemaOptions("b", Optional.empty(), Set.of(), Set.of("zip")));

        assertThat(schema.columns().get(0))
                .isEqualTo(new CategoryColumn(
                        "zip", 0, List.of("02139", "10001", "12345678901234567890", "12345678901234567891")));
    }

    @Test
    void textsThatDifferInCaseOnlyAreNoted() {
        CsvTable table =
                Tables.of("a,c,b", "1,Red,Yes", "2,red,no", "3,blue,yes", "4,blue,Yes", "5,red,no", "5,Red,yes");

        assertThat(note(table, "b")).contains("'Yes', 'yes'", "case");
        assertThat(note(table, "c")).contains("'Red', 'red'");
        assertThat(infer(table, "b").description().header()).contains("look at");
        assertThat(infer(TABLE, "answer").description().header()).doesNotContain("look at");
    }

    private static CsvTable column(IntFunction<String> cells) {
        return Tables.of(Stream.concat(
                        Stream.of("a,b"),
                        IntStream.range(0, 12).mapToObj(i -> cells.apply(i) + (i % 2 == 0 ? ",x" : ",y")))
                .toArray(String[]::new));
    }

    @Test
    void aColumnThatNumbersTheRowsIsNotedAndStaysAFeature() {
        CsvTable table = column(i -> String.valueOf(100 + (i * 5) % 12));

        assertThat(note(table, "a")).contains("numbers the rows", "--ignore");
        assertThat(infer(table, "b").features()).hasSize(1);
        assertThat(note(column(i -> String.valueOf(i + 0.5)), "a")).isEmpty();
        assertThat(note(column(i -> String.valueOf(i / 2)), "a")).isEmpty();
        assertThat(note(column(i -> i == 5 ? "" : String.valueOf(i)), "a")).isEmpty();
        assertThat(note(column(i -> String.valueOf(2 * i)), "a")).isEmpty();
    }

    @Test
    void aValueFarFromAllOthersIsNotedWithItsLine() {
        assertThat(note(column(i -> i == 7 ? "1e99" : "0." + i), "a"))
                .isEqualTo("1e99 in line 9 is far from the others");
        assertThat(note(column(i -> i == 3 ? "-5e7" : "0." + i), "a")).contains("-5e7 in line 5");
        assertThat(note(column(i -> i == 7 ? "100" : "0." + i), "a")).isEmpty();
        // Most are equal: there is no spread to compare with.
        assertThat(note(column(i -> i == 7 ? "1e9" : "0"), "a")).isEmpty();
    }

    @Test
    void notedColumnsAreShownAmongThoseThatAreLeftOutOfTheDescription() {
        CsvTable table = Tables.of("a,c,d,b", "1,2,e,x", "2,3,E,y", "3,2,e,x", "4,3,E,y");

        assertThat(infer(table, "b").description(1).rows().stream().map(line -> line.get(0)))
                .containsExactly("a", "d", "... 1 more", "b");
    }

    @Test
    void textAmongNumbersIsNamedWithItsLineAndWhatToDo() {
        CsvTable table = Tables.of("a,b", "1,x", "2,y", "tow,x", "4,y");

        assertRefused(table, SchemaOptions.label("b"), "Line 4 of table.csv", "'tow'", "column 'a'", "--categorical a");
        assertRefused(table, SchemaOptions.label("a"), "Line 4", "'tow'", "--task classification");
        assertRefused(table, Tables.as("b", Task.REGRESSION), "Line 2", "'x'", "a regression takes numbers");
    }

    @Test
    void commasInNumbersAreExplained() {
        CsvTable table = Tables.of("a;b", "1,5;x", "2,5;y", "3;x", "4,25;y");

        assertRefused(table, SchemaOptions.label("b"), "Line 2 of table.csv", "'1,5'", "a point before their decimals");
    }

    @Test
    void numbersTooLargeToTakeSquaresOfAreRefused() {
        CsvTable table = Tables.of("a,b", "1,0.5", "2,-1e101", "3,2", "4,3");

        assertRefused(table, Tables.as("b", Task.REGRESSION), "Line 3", "'-1e101'", "column 'b'", "another unit");
        assertRefused(table, Tables.as("a", Task.REGRESSION), "Line 3", "'-1e101'");
        assertRefused(
                Tables.of("a,b", "1,0.5", "2,1e400", "3,2", "4,3"), SchemaOptions.label("b"), "Line 3", "'1e400'");
    }

    @Test
    void aLabelThatCannotBeLearnedSaysWhy() {
        CsvTable table = Tables.of("a,one,missing,rare,same", "1,x,x,x,.5", "2,x,,x,.5", "3,x,y,y,.5");

        assertRefused(table, SchemaOptions.label("one"), "'one' of table.csv", "one class only, 'x'");
        assertRefused(table, SchemaOptions.label("missing"), "'missing'", "1 row", "line 3");
        assertRefused(table, SchemaOptions.label("rare"), "'y'", "one row only", "line 4", "at least 2");
        assertRefused(table, SchemaOptions.label("same"), "'same'", ".5 in every row");
        assertRefused(table, SchemaOptions.label("a"), "'1'", "one row only", "--task regression");
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
        assertRefused(TABLE, SchemaOptions.label("Answer"), "'Answer'", "'size', 'color'", "did you mean 'answer'");
        assertRefused(
                TABLE,
                new SchemaOptions("answer", Optional.empty(), Set.of("weight"), Set.of()),
                "'weight'",
                "'size', 'color'");
    }

    @Test
    void wishesThatContradictEachOtherAreRefused() {
        Set<String> answer = Set.of("answer");
        Set<String> size = Set.of("size");

        assertRefused(TABLE, new SchemaOptions("answer", Optional.empty(), answer, Set.of()), "cannot be left out");
        assertRefused(TABLE, new SchemaOptions("answer", Optional.empty(), Set.of(), answer), "--task classification");
        assertRefused(TABLE, new SchemaOptions("answer", Optional.empty(), size, size), "'size'", "--ignore");
    }

    @Test
    void aTableOfTheLabelAloneIsRefused() {
        assertRefused(Tables.of("a,b", ",x", ",x", ",y", ",y"), SchemaOptions.label("b"), "no column of numbers");
    }
}
