package org.implicitdl.text;

import java.util.Locale;

/** Numbers of things as text. */
public final class Count {
    private Count() {}

    /** Such as "1 row" and "1,200 rows". */
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? thing : thing + "s");
    }
}
