package org.implicitdl.zoo.report;

import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A PNG of points of several kinds in one diagram, with a legend.
 *
 * @param caption a line under the title
 * @param xScale on a logarithmic axis x is positive
 * @param kinds those without a point are left out
 */
public record PointFigure(String title, String caption, String xTitle, Scale xScale, String yTitle, List<Points> kinds)
        implements OutputFolder.Content {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 640;
    private static final int MARKER = 7;

    /** A copy that nobody else can change. */
    public PointFigure {
        kinds = List.copyOf(kinds);
    }

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        Canvas.write(chart(), title, caption, stream);
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        XYStyler styler = chart.getStyler();
        ChartStyle.apply(styler);
        styler.setXAxisLogarithmic(xScale == Scale.LOGARITHMIC);
        styler.setMarkerSize(MARKER);
        styler.setLegendVisible(true);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        styler.setLegendBorderColor(styler.getChartBackgroundColor());
        kinds.stream().filter(points -> points.x().length > 0).forEach(points -> add(points, chart));
        return chart;
    }

    private static void add(Points points, XYChart chart) {
        XYSeries series = chart.addSeries(points.name(), points.x(), points.y());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(points.color());
    }
}
