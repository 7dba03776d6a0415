package org.implicitdl.zoo.fit.report;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.fit.FittedModel;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.table.CsvTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a model says of rows, as a CSV file: the line, the label if the table has it, the answer, and probabilities. */
public final class Predictions {
    private Predictions() {}

    /**
     * A line for each row.
     *
     * @param output of the model for these rows, as {@link FittedModel#predict} gives it
     */
    public static CsvFile csv(FittedModel model, CsvTable table, int[] rows, INDArray output) {
        boolean labelled = table.has(model.label());
        List<String> header = new ArrayList<>(List.of("line"));
        if (labelled) {
            header.add(model.label());
        }
        header.add("predicted_" + model.label());
        model.classes().forEach(name -> header.add("probability_" + name));
        List<List<Object>> records = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            List<Object> record =
                    new ArrayList<>(List.of(table.rows().get(rows[i]).line()));
            if (labelled) {
                record.add(table.rows().get(rows[i]).cells().get(table.columns().indexOf(model.label())));
            }
            record.addAll(answer(model, output.getRow(i)));
            records.add(record);
        }
        return new CsvFile(header, records);
    }

    private static List<Object> answer(FittedModel model, INDArray output) {
        if (model.classes().isEmpty()) {
            return List.of(output.getDouble(0));
        }
        List<Object> answer = new ArrayList<>();
        answer.add(model.classes().get(output.argMax().getInt(0)));
        for (double probability : output.toDoubleVector()) {
            answer.add(probability);
        }
        return answer;
    }
}
