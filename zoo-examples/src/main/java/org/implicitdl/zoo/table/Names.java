package org.implicitdl.zoo.table;

import java.util.List;
import java.util.stream.Collectors;

/** Names in messages, in quotes: a name may hold commas and spaces itself, or be empty. */
public final class Names {
    private static final int MOST = 20;

    private Names() {}

    /** All of a few, the first ones of many. */
    public static String some(List<String> names) {
        return names.size() <= MOST
                ? all(names)
                : all(names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }

    static String all(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
