package org.implicitdl.zoo.report;

import java.awt.Color;

/**
 * A line with a band around it: {@code low[i] <= high[i]} at {@code x[i]}, with the line at {@code middle[i]}.
 *
 * @param name shown in the legend
 * @param color of the line, and, lighter, of the band
 * @param dashed whether the line is dashed; baselines are
 * @param x increasing
 */
public record Band(String name, Color color, boolean dashed, double[] x, double[] middle, double[] low, double[] high) {

    /** @throws IllegalArgumentException if the arrays are empty or differ in length */
    public Band {
        if (x.length == 0 || middle.length != x.length || low.length != x.length || high.length != x.length) {
            throw new IllegalArgumentException("The band '" + name
                    + "' needs as many values in x, middle, low and high, and at least one, but has " + x.length + ", "
                    + middle.length + ", " + low.length + " and " + high.length + ".");
        }
    }
}
