package org.implicitdl.zoo.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;

/**
 * A PNG of panels in a grid under one title, with one legend for all of them: bands of the same name are the same thing
 * and have the same colour in every panel. Where no panel has more than one band there is no legend: its title says it.
 *
 * @param caption a line under the title
 * @param rows the panels, row by row
 */
public record Figure(String title, String caption, List<List<Panel>> rows) implements OutputFolder.Content {
    private static final int PANEL_WIDTH = 900;
    private static final int PANEL_HEIGHT = 480;
    private static final int LEGEND_CELL = 430;
    private static final int LEGEND_LINE = 32;
    private static final int SAMPLE = 50;

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        int width = rows.stream().mapToInt(List::size).max().orElse(1) * PANEL_WIDTH;
        Map<String, Band> legend = new LinkedHashMap<>();
        if (rows.stream().flatMap(List::stream).anyMatch(panel -> panel.bands().size() > 1)) {
            rows.forEach(row ->
                    row.forEach(panel -> panel.bands().forEach(band -> legend.putIfAbsent(band.name(), band))));
        }
        int perLine = Math.max(1, (width - 2 * Canvas.MARGIN) / LEGEND_CELL);
        int head = Canvas.HEAD + LEGEND_LINE * ((legend.size() + perLine - 1) / perLine) + Canvas.MARGIN / 2;

        Canvas canvas = new Canvas(width, head + rows.size() * PANEL_HEIGHT, title, caption);
        drawLegend(canvas, List.copyOf(legend.values()), perLine);
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).size(); j++) {
                BufferedImage panel =
                        BitmapEncoder.getBufferedImage(rows.get(i).get(j).chart(PANEL_WIDTH, PANEL_HEIGHT));
                canvas.graphics().drawImage(panel, j * PANEL_WIDTH, head + i * PANEL_HEIGHT, null);
            }
        }
        canvas.writeTo(stream);
    }

    private static void drawLegend(Canvas canvas, List<Band> bands, int perLine) {
        Graphics2D graphics = canvas.graphics();
        for (int i = 0; i < bands.size(); i++) {
            int x = Canvas.MARGIN + i % perLine * LEGEND_CELL;
            int y = Canvas.HEAD + i / perLine * LEGEND_LINE + LEGEND_LINE / 2;
            graphics.setColor(bands.get(i).color());
            graphics.setStroke(Panel.stroke(bands.get(i)));
            graphics.draw(new Line2D.Float(x, y, x + SAMPLE, y));
            canvas.text(bands.get(i).name(), Font.PLAIN, 18, Canvas.INK, x + SAMPLE + 12, y + 6);
        }
    }
}
