package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.text.Count;

/**
 * A column of categories, where one that is not known is none of them: all its features are zero.
 *
 * @param states its categories, with the empty text if cells were missing when the transformation was made
 */
record CategoryInput(CsvTable table, String name, int place, List<String> states, Categories categories)
        implements InputColumn {

    static CategoryInput of(CsvTable table, String name, int place, List<String> states) {
        return new CategoryInput(table, name, place, List.copyOf(states), Categories.of(states));
    }

    /** DataVec takes no other category than those that it knows, and is given the first one in the place of another. */
    @Override
    public String text(Row row) {
        return states.get(Math.max(0, categories.indexOf(cell(row))));
    }

    @Override
    public List<String> cleared(Row row) {
        return !categories.has(cell(row))
                ? states.stream()
                        .map(state -> FeatureTransform.oneHot(name, state))
                        .toList()
                : List.of();
    }

    private String cell(Row row) {
        return row.cells().get(place);
    }

    @Override
    public Optional<String> replacements(int[] rows) {
        List<String> unknown = IntStream.of(rows)
                .mapToObj(row -> cell(table.rows().get(row)))
                .filter(cell -> !categories.has(cell))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("column '" + name + "': " + found(unknown) + " taken as none of "
                        + Names.some(states.stream()
                                .filter(state -> !Cell.isMissing(state))
                                .toList()));
    }

    private static String found(List<String> unknown) {
        List<String> texts =
                unknown.stream().filter(cell -> !Cell.isMissing(cell)).toList();
        List<String> found = new ArrayList<>();
        if (texts.size() < unknown.size()) {
            found.add(Count.of(unknown.size() - texts.size(), "missing cell"));
        }
        if (!texts.isEmpty()) {
            found.add(Count.of(texts.size(), "unknown cell") + " ("
                    + Names.some(texts.stream().distinct().sorted().toList()) + ")");
        }
        return String.join(" and ", found);
    }
}
