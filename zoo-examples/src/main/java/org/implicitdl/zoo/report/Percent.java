package org.implicitdl.zoo.report;

import java.util.Locale;

/** Parts of a whole as text. */
public final class Percent {
    private Percent() {}

    /** Two decimals and a sign, such as "97.81 %". */
    public static String of(double part) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    /** So many of so many. */
    public static String of(long count, long total) {
        return of((double) count / total);
    }
}
