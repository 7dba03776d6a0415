package org.implicitdl.zoo.fit.report;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Row;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Predictions as a CSV file: the line, the label if the table has it, the answer, and the probabilities of classes. */
public final class PredictionsCsv {
    private PredictionsCsv() {}

    /**
     * A line for each row.
     *
     * @param predicted for these rows: probabilities [rows, classes], or numbers [rows, 1]
     */
    public static CsvFile of(Label label, CsvTable table, int[] rows, INDArray predicted) {
        int truth = table.columns().indexOf(label.name());
        List<String> header = new ArrayList<>(List.of("line"));
        if (truth >= 0) {
            header.add(label.name());
        }
        header.add("predicted_" + label.name());
        label.classes().forEach(name -> header.add("probability_" + name));
        List<List<Object>> records = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            Row row = table.rows().get(rows[i]);
            List<Object> record = new ArrayList<>(List.of(row.line()));
            if (truth >= 0) {
                record.add(row.cells().get(truth));
            }
            record.addAll(answer(label, predicted.getRow(i)));
            records.add(record);
        }
        return new CsvFile(header, records);
    }

    private static List<Object> answer(Label label, INDArray predicted) {
        if (label.classes().isEmpty()) {
            return List.of(predicted.getDouble(0));
        }
        List<Object> answer = new ArrayList<>();
        answer.add(label.classes().get(predicted.argMax().getInt(0)));
        for (double probability : predicted.toDoubleVector()) {
            answer.add(probability);
        }
        return answer;
    }
}
