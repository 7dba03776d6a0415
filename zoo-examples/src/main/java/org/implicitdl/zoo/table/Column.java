package org.implicitdl.zoo.table;

/** A column of a table, and what it was found to hold. */
public sealed interface Column permits NumberColumn, CategoryColumn, UnusedColumn {

    /** Its name. */
    String name();

    /** How many of its cells are empty. */
    int missing();

    /** What it holds, in a word. */
    String kind();

    /** Which values it has, in short. */
    String values();
}
