package org.implicitdl.zoo.report;

import java.awt.Color;
import java.util.List;

/** Okabe and Ito's colours, which colour-blind readers can tell apart. */
public final class Palette {
    private static final List<Color> COLORS = List.of(
            new Color(0xD55E00),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x0072B2),
            new Color(0x009E73),
            new Color(0xCC79A7));

    private Palette() {}

    /** A colour for each of some things, counted from 0; from the seventh on they come again. */
    public static Color color(int thing) {
        return COLORS.get(thing % COLORS.size());
    }

    /** Whether the colour of a thing is one that came before, so that its line has to differ otherwise. */
    public static boolean isRepeated(int thing) {
        return thing >= COLORS.size();
    }
}
