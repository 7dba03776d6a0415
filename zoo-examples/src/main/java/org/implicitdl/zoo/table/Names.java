package org.implicitdl.zoo.table;

import java.util.List;

/** Names in messages and tables: all of a few, the first ones of many. */
final class Names {
    private static final int MOST = 20;

    private Names() {}

    static String some(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }
}
