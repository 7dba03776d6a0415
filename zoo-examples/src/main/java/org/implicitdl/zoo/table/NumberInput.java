package org.implicitdl.zoo.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.text.Count;

/** A column of numbers, where a missing one becomes the mean of the training rows. */
record NumberInput(CsvTable table, String name, int place) implements InputColumn {

    @Override
    public String text(Row row) {
        String cell = row.cells().get(place);
        if (!Cell.isMissing(cell) && !Cell.isNumber(cell)) {
            throw new TableException("Line " + row.line() + " of " + table.name() + " has '" + cell + "' in column '"
                    + name + "', which takes numbers, or nothing for a missing value.");
        }
        return cell;
    }

    @Override
    public List<String> cleared(Row row) {
        return List.of();
    }

    @Override
    public Optional<String> replacements(int[] rows) {
        long missing = IntStream.of(rows)
                .mapToObj(row -> table.rows().get(row).cells().get(place))
                .filter(Cell::isMissing)
                .count();
        return missing == 0
                ? Optional.empty()
                : Optional.of("column '" + name + "': " + Count.of(missing, "missing cell")
                        + " taken as the mean of the training rows");
    }
}
