package org.implicitdl.zoo.report;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A PNG of true values against predicted ones, with the line on which both are equal.
 *
 * @param caption a line under the title
 * @param quantity what the values are
 * @param truth one value for each point, at least one
 * @param predicted as many
 */
public record ScatterPlot(String title, String caption, String quantity, double[] truth, double[] predicted)
        implements OutputFolder.Content {
    private static final int SIDE = 760;

    /** @throws IllegalArgumentException if there are no points, or not as many truths as predictions */
    public ScatterPlot {
        if (truth.length == 0 || truth.length != predicted.length) {
            throw new IllegalArgumentException("The plot needs as many true values as predicted ones, and at least one,"
                    + " but has " + truth.length + " and " + predicted.length + ".");
        }
    }

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        Canvas.write(chart(), title, caption, stream);
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(SIDE)
                .height(SIDE)
                .xAxisTitle("true " + quantity)
                .yAxisTitle("predicted " + quantity)
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBackgroundColor(Color.WHITE);
        double low = DoubleStream.concat(DoubleStream.of(truth), DoubleStream.of(predicted))
                .min()
                .orElseThrow();
        double high = DoubleStream.concat(DoubleStream.of(truth), DoubleStream.of(predicted))
                .max()
                .orElseThrow();
        XYSeries equal = chart.addSeries("equal", new double[] {low, high}, new double[] {low, high});
        equal.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        equal.setMarker(SeriesMarkers.NONE);
        equal.setLineColor(Color.GRAY);
        XYSeries points = chart.addSeries("rows", truth, predicted);
        points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        points.setMarker(SeriesMarkers.CIRCLE);
        points.setMarkerColor(new Color(0x0072B2));
        return chart;
    }
}
