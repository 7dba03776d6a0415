package org.implicitdl.zoo.table;

import java.util.Optional;
import java.util.Set;

/**
 * What a user says of a table.
 *
 * @param label the column that is to be predicted
 * @param task what it is; if not said, a label of text, or of at most 20 different whole numbers, is a class
 * @param ignored columns that are left out
 * @param categorical columns whose numbers are names
 */
public record SchemaOptions(String label, Optional<Task> task, Set<String> ignored, Set<String> categorical) {
    /** A column of more different texts is left out, unless it is said to be categorical. */
    static final int MOST_CATEGORIES = 50;

    /** Copies that nobody else can change. */
    public SchemaOptions {
        ignored = Set.copyOf(ignored);
        categorical = Set.copyOf(categorical);
    }

    /** Only the label is said. */
    public static SchemaOptions label(String label) {
        return new SchemaOptions(label, Optional.empty(), Set.of(), Set.of());
    }
}
