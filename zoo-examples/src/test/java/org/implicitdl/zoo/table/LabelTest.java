package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class LabelTest {
    private static final Label CLASSES = new Label("answer", List.of("no", "yes, but \"later\"", "é"));
    private static final Label NUMBERS = new Label("answer", List.of());
    private static final CsvTable TABLE = Tables.of("answer,b", "no,1", ",2", "é,3");

    @Test
    void classesAreOneHotInTheirOrderAndNumbersStay() {
        int[] rows = {2, 0};

        assertThat(CLASSES.encode(TABLE, rows)).isEqualTo(Nd4j.create(new double[][] {{0, 0, 1}, {1, 0, 0}}));
        assertThat(new Label("b", List.of()).encode(TABLE, rows)).isEqualTo(Nd4j.create(new double[][] {{3}, {1}}));
        assertThat(CLASSES.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(NUMBERS.task()).isEqualTo(Task.REGRESSION);
        assertThat(CLASSES.outputs()).isEqualTo(3);
        assertThat(NUMBERS.outputs()).isEqualTo(1);
    }

    @Test
    void rowsAreToldApartByWhetherTheirLabelCanBePredicted() {
        CsvTable table = Tables.of("answer,b", "no,1", ",2", "maybe,3", "é,x");
        Label ones = new Label("b", List.of("1", "3"));

        assertThat(CLASSES.knownRows(table)).containsExactly(0, 3);
        assertThat(CLASSES.unknownRows(table)).containsExactly(2);
        assertThat(new Label("b", List.of()).knownRows(table)).containsExactly(0, 1, 2);
        assertThat(new Label("b", List.of()).unknownRows(table)).containsExactly(3);
        assertThat(ones.knownRows(Tables.of("b,c", "1.0,x", "2,x", "03,x"))).containsExactly(0, 2);
        assertThat(new Label("other", List.of()).knownRows(table)).isEmpty();
        assertThat(new Label("other", List.of()).unknownRows(table)).isEmpty();
    }

    @Test
    void aCellThatIsNoClassOrNoNumberIsNamed() {
        CsvTable table = Tables.of("answer,b", "no,1", "maybe,2");

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CLASSES.encode(table, table.allRows()))
                .withMessageContainingAll("Line 3 of table.csv", "'maybe'", "'answer'", "'no', 'yes");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> NUMBERS.encode(table, table.allRows()))
                .withMessageContainingAll("Line 2 of table.csv", "'no'", "numbers");
    }

    @Test
    void itIsTheSameWhenItIsReadAgain() {
        assertThat(Label.fromJson(CLASSES.toJson())).isEqualTo(CLASSES);
        assertThat(Label.fromJson(NUMBERS.toJson())).isEqualTo(NUMBERS);
    }
}
