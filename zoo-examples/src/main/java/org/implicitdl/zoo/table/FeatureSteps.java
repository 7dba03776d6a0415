package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.transform.transform.string.ReplaceEmptyStringTransform;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a transformation of features from a schema and the training rows. DataVec's process starts from texts, not from
 * numbers and categories: it does not restore its condition on invalid numbers from its own JSON, but what it does with
 * texts.
 *
 * @param rows whose means, and constant features, are taken
 */
record FeatureSteps(TableSchema schema, CsvTable table, int[] rows) {

    /** @throws TableException if no feature changes in the training rows, or two have the same name */
    FeatureTransform transform() {
        FeatureTransform all = new FeatureTransform(inputs(), process().build());
        List<String> names = all.columns();
        requireDistinct(names);
        INDArray features = all.apply(table, rows);
        INDArray range = features.max(0).subi(features.min(0));
        String[] constant = IntStream.range(0, names.size())
                .filter(i -> range.getDouble(i) == 0)
                .mapToObj(names::get)
                .toArray(String[]::new);
        if (constant.length == names.size()) {
            throw new TableException("No feature of " + table.name() + " changes from training row to training row;"
                    + " there is nothing to predict '" + schema.label().name() + "' from.");
        }
        return constant.length == 0
                ? all
                : new FeatureTransform(
                        inputs(), process().removeColumns(constant).build());
    }

    private Schema inputs() {
        Schema.Builder inputs = new Schema.Builder();
        for (Column column : schema.features()) {
            if (column instanceof CategoryColumn categories) {
                inputs.addColumnCategorical(column.name(), states(categories));
            } else {
                inputs.addColumnDouble(column.name());
            }
        }
        return inputs.build();
    }

    private TransformProcess.Builder process() {
        Schema.Builder texts = new Schema.Builder();
        schema.features().forEach(column -> texts.addColumnString(column.name()));
        TransformProcess.Builder steps = new TransformProcess.Builder(texts.build());
        for (Column column : schema.features()) {
            String name = column.name();
            if (column instanceof CategoryColumn categories) {
                steps.stringToCategorical(name, states(categories)).categoricalToOneHot(name);
            } else {
                steps.transform(new ReplaceEmptyStringTransform(name, String.valueOf(mean(name))))
                        .convertToDouble(name);
            }
        }
        return steps;
    }

    /** The categories, and where cells are missing the empty text, which no category is. */
    private static List<String> states(CategoryColumn column) {
        List<String> states = new ArrayList<>(column.categories());
        if (column.missing() > 0) {
            states.add("");
        }
        return states;
    }

    private double mean(String column) {
        List<String> cells = table.cells(column);
        return IntStream.of(rows)
                .mapToObj(cells::get)
                .filter(cell -> !Cell.isMissing(cell))
                .mapToDouble(Double::parseDouble)
                .average()
                .orElse(0);
    }

    private void requireDistinct(List<String> features) {
        Set<String> seen = new HashSet<>();
        for (String feature : features) {
            if (!seen.add(feature)) {
                throw new TableException("A category of " + table.name() + " makes a feature called '" + feature
                        + "', which is the name of a column as well; give this column another name.");
            }
        }
    }
}
