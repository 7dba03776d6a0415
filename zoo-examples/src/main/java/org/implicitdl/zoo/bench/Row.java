package org.implicitdl.zoo.bench;

import java.util.Locale;

/**
 * One number that was measured.
 *
 * @param what the quantity, in words
 * @param asked what is asked of it
 * @param found the number
 * @param unit its unit, such as "x" for a ratio
 */
public record Row(String what, Bound asked, double found, String unit) {

    /** A number of which something is asked. */
    public static Row asked(String what, Bound asked, double found, String unit) {
        return new Row(what, asked, found, unit);
    }

    /** A number that is reported only. */
    public static Row told(String what, double found, String unit) {
        return new Row(what, Bound.none(), found, unit);
    }

    /** The number to three digits with its unit. */
    public String text() {
        return number(found) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** "met" or "missed"; empty where nothing is asked. */
    public String verdict() {
        return asked.verdict(found);
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size >= 1e5 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
