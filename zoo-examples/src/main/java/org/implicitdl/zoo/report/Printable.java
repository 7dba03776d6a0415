package org.implicitdl.zoo.report;

import java.util.stream.Collectors;

/**
 * Text of others for a terminal or a report: what a file says must not move the cursor, change colors, or break a line of a
 * table.
 */
public final class Printable {
    private static final int PICTURES = 0x2400;
    private static final int DELETE = 0x7F;
    private static final String REPLACEMENT = "\uFFFD";

    private Printable() {}

    /** The text with a picture for every control character, such as ␛ for escape and ␊ for a line's end. */
    public static String of(String text) {
        return text.codePoints().mapToObj(Printable::picture).collect(Collectors.joining());
    }

    /** The same for text of several lines, which stay. */
    public static String linesOf(String text) {
        return text.codePoints()
                .mapToObj(point -> point == '\n' || point == '\r' ? Character.toString(point) : picture(point))
                .collect(Collectors.joining());
    }

    private static String picture(int point) {
        if (!Character.isISOControl(point)) {
            return Character.toString(point);
        }
        if (point > DELETE) {
            return REPLACEMENT;
        }
        return Character.toString(point == DELETE ? PICTURES + 0x21 : PICTURES + point);
    }
}
