package org.implicitdl.zoo.table;

/**
 * A column of numbers.
 *
 * @param least the smallest of them
 * @param greatest the largest of them
 */
public record NumberColumn(String name, int missing, double least, double greatest) implements Column {

    @Override
    public String kind() {
        return "number";
    }

    @Override
    public String values() {
        return text(least) + " to " + text(greatest);
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
