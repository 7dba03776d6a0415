package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureTransformTest {
    private static final CsvTable TABLE = Tables.of(
            "size,same,color,kind,answer",
            "1,7,red,x,yes",
            ",7,blue,x,no",
            "0.1,7,,x,yes",
            "1e9,7,red,z,no",
            "3,8,green,z,yes");
    private static final TableSchema SCHEMA = TableSchema.infer(TABLE, SchemaOptions.label("answer"));
    private static final int[] TRAIN = {0, 1, 2};

    private static FeatureTransform fitted() {
        return FeatureTransform.fit(SCHEMA, TABLE, TRAIN);
    }

    @Test
    void aMissingNumberIsTheTrainingMeanAndCategoriesAreOneHotWithAMissingOneAsItsOwn() {
        // (1 + 0.1) / 2; blue, green, red, missing; "same" and "kind" do not change in the training rows, nor green.
        INDArray expected = Nd4j.create(
                new double[][] {{1, 0, 1, 0}, {0.55, 1, 0, 0}, {0.1, 0, 0, 1}, {1e9, 0, 1, 0}, {3, 0, 0, 0}});

        assertThat(fitted().columns()).containsExactly("size", "color[blue]", "color[red]", "color[]");
        assertThat(fitted().apply(TABLE, TABLE.allRows())).isEqualTo(expected);
        assertThat(fitted().apply(TABLE, TABLE.allRows()).dataType()).isEqualTo(DataType.DOUBLE);
    }

    @Test
    void itIsTheSameWhenItIsReadAgain() {
        FeatureTransform written = fitted();
        FeatureTransform read = FeatureTransform.fromJson(written.inputsToJson(), written.processToJson());

        assertThat(read.columns()).isEqualTo(written.columns());
        assertThat(read.apply(TABLE, TABLE.allRows()).equalsWithEps(written.apply(TABLE, TABLE.allRows()), 0))
                .isTrue();
    }

    @Test
    void theOrderOfColumnsAndOthersPlayNoPart() {
        CsvTable other = Tables.of("extra,kind,color,same,size", "a,x,red,7,1", "b,x,,7,");

        assertThat(fitted().apply(other, other.allRows())).isEqualTo(Nd4j.create(new double[][] {
            {1, 0, 1, 0}, {0.55, 0, 0, 1}
        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "big,7,red,x; 'big' in column 'size', which takes numbers",
                "1e999,7,red,x; '1e999' in column 'size', which takes numbers"
            })
    void aCellWithoutAPlaceIsNamed(String line, String message) {
        CsvTable other = Tables.of("size,same,color,kind", "1,7,red,x", line);

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fitted().apply(other, other.allRows()))
                .withMessageContaining("Line 3 of table.csv has " + message);
    }

    @Test
    void allColumnsThatAreMissingAreNamed() {
        CsvTable other = Tables.of("extra,Size", "1,x");

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fitted().apply(other, other.allRows()))
                .withMessageContaining("no column 'size', 'color', which the model needs; there are 'extra', 'Size'")
                .withMessageContaining("did you mean 'Size'?");
    }

    @Test
    void aColumnThatNeverChangesInTrainingRowsIsNotAskedFor() {
        CsvTable other = Tables.of("color,size", "red,1");

        assertThat(fitted().apply(other, other.allRows())).isEqualTo(Nd4j.create(new double[][] {{1, 0, 1, 0}}));
    }

    @Test
    void aColumnThatIsNeededIsToldApartFromOneThatWasNamed() {
        CsvTable other = Tables.of("color", "red");

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fitted().apply(other, other.allRows()))
                .withMessageContainingAll(
                        "'size', which the model needs", "there are 'color'", "empty cells", "--ignore");
    }

    @Test
    void aHeaderThatWasTakenAsDataIsToldByTheNumberInIt() {
        CsvTable table = Tables.of("2019,color,answer", "1,red,yes", "2,blue,no", "3,red,yes");

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fitted().apply(Tables.of("size,color,1", "1,red,2"), new int[] {0}))
                .withMessageContainingAll("'size'", "'1' is a number", "--header");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> TableSchema.infer(table, SchemaOptions.label("answer")))
                .withMessageContainingAll("no column 'answer'", "'2019' is a number", "--header");
    }

    @Test
    void categoriesThatAreNotKnownAreNoneOfThoseThatAre() {
        CsvTable other = Tables.of("size,color", "1,pink", "2,red", "3,");
        INDArray expected = Nd4j.create(new double[][] {{1, 0, 0, 0}, {2, 0, 1, 0}, {3, 0, 0, 1}});

        assertThat(fitted().apply(other, other.allRows())).isEqualTo(expected);
    }

    @Test
    void aMissingCategoryIsNoneWhereNoneWasMissingInTraining() {
        CsvTable table = Tables.of("c,b", "x,p", "y,q", "x,p", "y,q");
        FeatureTransform transform =
                FeatureTransform.fit(TableSchema.infer(table, SchemaOptions.label("b")), table, table.allRows());

        assertThat(transform.apply(Tables.of("c,z", ",1", "y,2"), new int[] {0, 1}))
                .isEqualTo(Nd4j.create(new double[][] {{0, 0}, {0, 1}}));
    }

    @Test
    void whatIsPutInThePlaceOfCellsIsCountedByColumn() {
        CsvTable other = Tables.of("size,color", ",pink", "NA,red", "3,", "4,pink", "5,mauve");

        assertThat(fitted().replacements(other, other.allRows()))
                .containsExactly(
                        "column 'size': 2 missing cells taken as the mean of the training rows",
                        "column 'color': 3 unknown cells ('mauve', 'pink') taken as none of 'blue', 'green', 'red'");
        assertThat(fitted().replacements(other, new int[] {2})).isEmpty();
    }

    @Test
    void categoriesThatAreNumbersAreComparedByTheirValue() {
        CsvTable table = Tables.of("c,b", "1,p", "2.0,q", "1.0,p", "2,q", "1e0,p", "02,q");
        FeatureTransform transform = FeatureTransform.fit(
                TableSchema.infer(table, new SchemaOptions("b", Optional.empty(), Set.of(), Set.of("c"))),
                table,
                table.allRows());

        assertThat(transform.columns()).containsExactly("c[1]", "c[2]");
        assertThat(transform.apply(Tables.of("c,z", "2.00,1", "+1,2"), new int[] {0, 1}))
                .isEqualTo(Nd4j.create(new double[][] {{0, 1}, {1, 0}}));
    }

    @Test
    void featuresThatNeverChangeInTrainingRowsLeaveNothingToPredictFrom() {
        int[] train = {0};

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> FeatureTransform.fit(SCHEMA, TABLE, train))
                .withMessageContainingAll("table.csv", "'answer'");
    }

    @Test
    void aColumnThatIsNamedLikeACategoryIsRefused() {
        CsvTable table = Tables.of("c,c[x],b", "x,1,p", "y,2,q", "x,3,p", "y,4,q");
        TableSchema schema = TableSchema.infer(table, SchemaOptions.label("b"));

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> FeatureTransform.fit(schema, table, table.allRows()))
                .withMessageContaining("'c[x]'");
    }
}
