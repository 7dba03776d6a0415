package org.implicitdl.zoo.table;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Predicate;

/**
 * The values of one column.
 *
 * @param name of the column
 * @param present the cells that are not empty
 */
record ColumnValues(CsvTable table, String name, List<String> present) {
    /** Squares of larger numbers would be infinite, and with them deviations. */
    private static final double GREATEST = 1e100;

    static ColumnValues of(CsvTable table, String name) {
        return new ColumnValues(
                table,
                name,
                table.cells(name).stream().filter(cell -> !Cell.isMissing(cell)).toList());
    }

    int missing() {
        return table.rows().size() - present.size();
    }

    boolean areNumbers() {
        return count(Cell::isNumber) == present.size();
    }

    long count(Predicate<String> wanted) {
        return present.stream().filter(wanted).count();
    }

    /** The column as one of numbers, which all of them are. */
    NumberColumn numbers() {
        DoubleSummaryStatistics range =
                present.stream().mapToDouble(Double::parseDouble).summaryStatistics();
        if (Math.max(-range.getMin(), range.getMax()) > GREATEST) {
            throw new TableException(where(cell -> Math.abs(Double.parseDouble(cell)) > GREATEST) + "; numbers up to "
                    + GREATEST + " are taken: correct it, or use another unit.");
        }
        return new NumberColumn(name, missing(), range.getMin(), range.getMax());
    }

    /** The column as one of categories. */
    CategoryColumn categories() {
        return new CategoryColumn(name, missing(), Categories.distinct(present));
    }

    /**
     * Where most cells are numbers, the others are mistakes rather than categories.
     *
     * @param remedy what says that they are categories
     */
    void refuseStrayText(String remedy) {
        if (2 * count(Cell::isNumberWithCommas) >= present.size()) {
            throw new TableException(where(Cell::isNumberWithCommas)
                    + ": numbers take a point before their decimals and nothing between thousands; write them so"
                    + orCategories(remedy));
        }
        if (2 * count(Cell::isNumber) >= present.size()) {
            throw strayText("but most of the column are numbers", remedy);
        }
    }

    /** That the first cell that is no number should be one. */
    TableException strayText(String contrast, String remedy) {
        return new TableException(where(cell -> !Cell.isNumber(cell)) + ", " + contrast
                + "; correct it, leave the cell empty if the value is missing" + orCategories(remedy));
    }

    private static String orCategories(String remedy) {
        return ", or say that the column holds categories (" + remedy + ").";
    }

    /** The first such cell and its place. */
    private String where(Predicate<String> wanted) {
        String cell = present.stream().filter(wanted).findFirst().orElseThrow();
        return "Line " + line(cell) + " of " + table.name() + " has '" + cell + "' in column '" + name + "'";
    }

    /** The first line with such a cell. */
    int line(String cell) {
        return table.rows().get(table.cells(name).indexOf(cell)).line();
    }
}
