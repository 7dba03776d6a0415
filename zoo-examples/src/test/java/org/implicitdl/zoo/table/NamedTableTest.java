package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published about the shipped tables. */
class NamedTableTest {
    @ParameterizedTest
    @CsvSource({
        "iris, 150, 4, 3",
        "wine, 178, 13, 3",
        "breast-cancer, 569, 30, 2",
        "digits, 1797, 64, 10",
        "diabetes, 442, 10, 0"
    })
    void aTableHasItsRowsFeaturesAndClasses(String name, int rows, int features, int classes) {
        TableData data = NamedTable.of(name).orElseThrow().data();

        assertThat(data.size()).isEqualTo(rows);
        assertThat(data.schema().features()).hasSize(features);
        assertThat(data.schema().columns())
                .hasSize(features)
                .allSatisfy(column -> assertThat(column)
                        .isInstanceOf(NumberColumn.class)
                        .extracting(Column::missing)
                        .isEqualTo(0));
        assertThat(data.label().classes()).hasSize(classes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "IRIS; 50,50,50",
                "WINE; 59,71,48",
                "BREAST_CANCER; 357,212",
                "DIGITS; 178,182,177,183,181,182,181,179,174,180"
            })
    void aClassHasItsRows(NamedTable table, String counts) {
        TableData data = table.data();
        List<String> labels = data.table().cells(data.label().name());

        assertThat(data.label().classes().stream().map(name -> Collections.frequency(labels, name)))
                .containsExactlyElementsOf(
                        Arrays.stream(counts.split(",")).map(Integer::valueOf).toList());
    }

    @Test
    void theDiseaseProgressesBy152OnAverageBetween25And346() {
        TableData data = NamedTable.DIABETES.data();

        assertThat(data.labels(data.table().allRows()).meanNumber().doubleValue())
                .isCloseTo(152.1335, within(1e-4));
        assertThat(data.schema().labelColumn()).isEqualTo(new NumberColumn("progression", 0, 25, 346));
    }

    @ParameterizedTest
    @EnumSource(NamedTable.class)
    void aTableIsFoundByItsName(NamedTable table) {
        assertThat(NamedTable.of(table.toString())).contains(table);
        assertThat(NamedTable.of("tulips")).isEmpty();
    }
}
