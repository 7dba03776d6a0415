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
        FeatureTransform all = transform(schema.features(), List.of());
        requireDistinct(all.columns());
        List<String> constant = constant(all);
        if (constant.size() == all.columns().size()) {
            throw new TableException("No feature of " + table.name() + " changes from training row to training row;"
                    + " there is nothing to predict '" + schema.label().name() + "' from.");
        }
        // A column without a feature that is left must not be asked for in other tables.
        List<Column> used = schema.features().stream()
                .filter(column -> !constant.containsAll(features(column)))
                .toList();
        List<String> removed = used.stream()
                .flatMap(column -> features(column).stream())
                .filter(constant::contains)
                .toList();
        return transform(used, removed);
    }

    private List<String> constant(FeatureTransform all) {
        INDArray features = all.apply(table, rows);
        INDArray range = features.max(0).subi(features.min(0));
        return IntStream.range(0, all.columns().size())
                .filter(i -> range.getDouble(i) == 0)
                .mapToObj(all.columns()::get)
                .toList();
    }

    private static List<String> features(Column column) {
        return column instanceof CategoryColumn categories
                ? states(categories).stream()
                        .map(state -> FeatureTransform.oneHot(column.name(), state))
                        .toList()
                : List.of(column.name());
    }

    private FeatureTransform transform(List<Column> columns, List<String> removed) {
        TransformProcess.Builder steps = process(columns);
        if (!removed.isEmpty()) {
            steps.removeColumns(removed.toArray(String[]::new));
        }
        return new FeatureTransform(inputs(columns), steps.build());
    }

    private static Schema inputs(List<Column> columns) {
        Schema.Builder inputs = new Schema.Builder();
        for (Column column : columns) {
            if (column instanceof CategoryColumn categories) {
                inputs.addColumnCategorical(column.name(), states(categories));
            } else {
                inputs.addColumnDouble(column.name());
            }
        }
        return inputs.build();
    }

    private TransformProcess.Builder process(List<Column> columns) {
        Schema.Builder texts = new Schema.Builder();
        columns.forEach(column -> texts.addColumnString(column.name()));
        TransformProcess.Builder steps = new TransformProcess.Builder(texts.build());
        for (Column column : columns) {
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
