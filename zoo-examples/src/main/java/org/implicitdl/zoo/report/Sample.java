package org.implicitdl.zoo.report;

import java.awt.Color;

/** Values whose spread is shown, under their name. */
public record Sample(String name, Color color, double[] values) {}
