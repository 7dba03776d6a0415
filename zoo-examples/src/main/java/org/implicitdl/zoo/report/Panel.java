package org.implicitdl.zoo.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One diagram.
 *
 * @param floor on a logarithmic y axis smaller values, zero included, are drawn at this height; positive
 */
public record Panel(
        String title, String xTitle, Scale xScale, String yTitle, Scale yScale, double floor, List<Band> bands) {
    private static final int MOST_LABELS = 20;
    private static final double PADDING = 0.06;
    private static final int BAND_ALPHA = 45;
    private static final float[] DASHES = {8f, 6f};

    /** A diagram with logarithmic axes. */
    public Panel(String title, String xTitle, String yTitle, double floor, List<Band> bands) {
        this(title, xTitle, Scale.LOGARITHMIC, yTitle, Scale.LOGARITHMIC, floor, bands);
    }

    XYChart chart(int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        ChartStyle.apply(chart.getStyler());
        scale(chart.getStyler());
        // Bands first, so that no band hides a line.
        bands.stream().filter(band -> band.x().length > 1 && !band.dashed()).forEach(band -> addBand(chart, band));
        bands.forEach(band -> addLine(chart, band));
        return chart;
    }

    private void scale(XYStyler styler) {
        double bottom = y().min().orElse(floor);
        double top = y().max().orElse(1);
        styler.setXAxisLogarithmic(xScale == Scale.LOGARITHMIC);
        styler.setXAxisMin(x().min().orElse(1));
        styler.setXAxisMax(x().max().orElse(1));
        styler.setXAxisMaxLabelCount(MOST_LABELS);
        styler.setYAxisLogarithmic(yScale == Scale.LOGARITHMIC);
        if (yScale == Scale.LOGARITHMIC) {
            styler.setYAxisMin(Math.max(floor, decadeBelow(bottom)));
            styler.setYAxisMax(1.2 * top);
        } else {
            scaleLinear(styler, bottom, top);
        }
    }

    private void scaleLinear(XYStyler styler, double bottom, double top) {
        double low = yScale == Scale.LINEAR_FROM_ZERO ? Math.min(0, bottom) : bottom;
        double high = yScale == Scale.LINEAR_FROM_ZERO ? Math.max(0, top) : top;
        double space = PADDING * (high > low ? high - low : Math.max(1, Math.abs(high)));
        styler.setYAxisMin(low == 0 ? 0 : low - space);
        styler.setYAxisMax(high + space);
    }

    private DoubleStream x() {
        return bands.stream()
                .flatMapToDouble(band -> Arrays.stream(band.x()))
                .filter(x -> x > 0 || xScale != Scale.LOGARITHMIC);
    }

    private DoubleStream y() {
        return bands.stream()
                .flatMap(band -> Stream.of(band.low(), band.high()))
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .map(this::clamp);
    }

    private static double decadeBelow(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }

    private double clamp(double value) {
        return yScale != Scale.LOGARITHMIC ? value : Math.max(floor, value);
    }

    private void addBand(XYChart chart, Band band) {
        int n = band.x().length;
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = band.x()[i];
            y[i] = clamp(band.high()[i]);
            x[2 * n - 1 - i] = band.x()[i];
            y[2 * n - 1 - i] = clamp(band.low()[i]);
        }
        XYSeries series = chart.addSeries("band of " + band.name(), x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        Color color = band.color();
        series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND_ALPHA));
        series.setLineColor(new Color(0, 0, 0, 0));
        series.setMarker(SeriesMarkers.NONE);
    }

    private void addLine(XYChart chart, Band band) {
        double[] y = Arrays.stream(band.middle()).map(this::clamp).toArray();
        XYSeries series = chart.addSeries(band.name(), band.x(), y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setLineColor(band.color());
        series.setLineStyle(stroke(band));
        series.setMarkerColor(band.color());
        series.setMarker(band.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }

    static BasicStroke stroke(Band band) {
        return band.dashed()
                ? new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f)
                : new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}
