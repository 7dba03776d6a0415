package org.implicitdl.zoo.report;

import java.awt.Color;

/**
 * Points of a diagram.
 *
 * @param name shown in the legend
 * @param x as many as y
 */
public record Points(String name, Color color, double[] x, double[] y) {

    /** @throws IllegalArgumentException if the arrays differ in length */
    public Points {
        if (x.length != y.length) {
            throw new IllegalArgumentException("The points '" + name + "' need as many values in x as in y, but have "
                    + x.length + " and " + y.length + ".");
        }
    }
}
