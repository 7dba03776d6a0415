package org.implicitdl.zoo.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A PNG of samples side by side: every value as a point, and a box from the lower to the upper quartile with the median in
 * it.
 *
 * @param caption a line under the title
 * @param samples those without a value leave their place empty
 */
public record SpreadFigure(String title, String caption, String yTitle, List<Sample> samples)
        implements OutputFolder.Content {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 640;
    private static final int NAMES = 50;
    private static final int MARKER = 6;
    private static final double HALF_BOX = 0.33;
    private static final double GOLDEN = 0.618034;

    /** A copy that nobody else can change. */
    public SpreadFigure {
        samples = List.copyOf(samples);
    }

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        XYChart chart = chart();
        Canvas canvas = new Canvas(WIDTH, Canvas.HEAD + HEIGHT + NAMES, title, caption);
        canvas.graphics().drawImage(BitmapEncoder.getBufferedImage(chart), 0, Canvas.HEAD, null);
        for (int i = 0; i < samples.size(); i++) {
            // XChart makes no ticks of its own where these are.
            int x = (int) chart.getScreenXFromChart(i + 1);
            canvas.centred(samples.get(i).name(), Font.PLAIN, 16, Canvas.INK, x, Canvas.HEAD + HEIGHT + NAMES / 2);
        }
        canvas.writeTo(stream);
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .yAxisTitle(yTitle)
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setMarkerSize(MARKER);
        chart.getStyler().setXAxisMin(0.5);
        chart.getStyler().setXAxisMax(samples.size() + 0.5);
        chart.getStyler().setXAxisTicksVisible(false);
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).values().length > 0) {
                addBox(chart, samples.get(i), i + 1);
                addPoints(chart, samples.get(i), i + 1);
            }
        }
        return chart;
    }

    /** Beside each other where values are equal, in an order that looks like none. */
    private static void addPoints(XYChart chart, Sample sample, int place) {
        double[] x = new double[sample.values().length];
        Arrays.setAll(x, i -> place + HALF_BOX * (2 * ((i + 1) * GOLDEN % 1) - 1));
        XYSeries points = chart.addSeries(sample.name() + " " + place, x, sample.values());
        points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        points.setMarker(SeriesMarkers.CIRCLE);
        points.setMarkerColor(sample.color());
    }

    private static void addBox(XYChart chart, Sample sample, int place) {
        Statistics statistics = Statistics.of(sample.values());
        double low = statistics.quantile(0.25);
        double high = statistics.quantile(0.75);
        double left = place - HALF_BOX;
        double right = place + HALF_BOX;
        addLine(chart, "box " + place, 2f, new double[] {left, right, right, left, left}, low, low, high, high, low);
        double median = statistics.median();
        addLine(chart, "median " + place, 4f, new double[] {left, right}, median, median);
    }

    private static void addLine(XYChart chart, String name, float width, double[] x, double... y) {
        XYSeries line = chart.addSeries(name, x, y);
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Color.DARK_GRAY);
        line.setLineStyle(new BasicStroke(width));
    }
}
