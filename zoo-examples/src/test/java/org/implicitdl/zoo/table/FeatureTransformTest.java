package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
                "1e999,7,red,x; '1e999' in column 'size', which takes numbers",
                "1,7,pink,x; 'pink' in column 'color', which takes blue, green, red",
                "1,7,red,; '' in column 'kind', which takes x, z."
            })
    void aCellWithoutAPlaceIsNamed(String line, String message) {
        CsvTable other = Tables.of("size,same,color,kind", "1,7,red,x", line);

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fitted().apply(other, other.allRows()))
                .withMessageContaining("Line 3 of table.csv has " + message);
    }

    @Test
    void allColumnsThatAreMissingAreNamed() {
        CsvTable other = Tables.of("size,kind", "1,x");

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fitted().apply(other, other.allRows()))
                .withMessageContaining("'same', 'color'; there are size, kind");
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
