package org.implicitdl.zoo.table;

/**
 * A column that nothing is predicted from.
 *
 * @param reason in a few words
 */
public record UnusedColumn(String name, int missing, String reason) implements Column {

    @Override
    public String kind() {
        return "left out";
    }

    @Override
    public String values() {
        return reason;
    }
}
