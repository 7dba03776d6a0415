package org.implicitdl.zoo.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;

/**
 * A PNG of panels in a grid under one title, with one legend for all of them: bands of the same name are the same thing
 * and have the same colour in every panel.
 *
 * @param caption a line under the title
 * @param rows the panels, row by row
 */
public record Figure(String title, String caption, List<List<Panel>> rows) implements OutputFolder.Content {
    private static final int PANEL_WIDTH = 900;
    private static final int PANEL_HEIGHT = 480;
    private static final int MARGIN = 30;
    private static final int LEGEND_CELL = 430;
    private static final int LEGEND_LINE = 32;
    private static final int SAMPLE = 50;
    private static final int HEAD = 95;

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        ImageIO.write(draw(), "png", stream);
    }

    private BufferedImage draw() {
        int width = rows.stream().mapToInt(List::size).max().orElse(1) * PANEL_WIDTH;
        Map<String, Band> legend = new LinkedHashMap<>();
        rows.forEach(row -> row.forEach(panel -> panel.bands().forEach(band -> legend.putIfAbsent(band.name(), band))));
        int perLine = Math.max(1, (width - 2 * MARGIN) / LEGEND_CELL);
        int head = HEAD + LEGEND_LINE * ((legend.size() + perLine - 1) / perLine) + MARGIN / 2;

        BufferedImage image = new BufferedImage(width, head + rows.size() * PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        drawHead(graphics);
        drawLegend(graphics, List.copyOf(legend.values()), perLine);
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).size(); j++) {
                BufferedImage panel =
                        BitmapEncoder.getBufferedImage(rows.get(i).get(j).chart(PANEL_WIDTH, PANEL_HEIGHT));
                graphics.drawImage(panel, j * PANEL_WIDTH, head + i * PANEL_HEIGHT, null);
            }
        }
        graphics.dispose();
        return image;
    }

    private void drawHead(Graphics2D graphics) {
        graphics.setColor(new Color(20, 20, 20));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 26));
        graphics.drawString(title, MARGIN, 42);
        graphics.setColor(new Color(90, 90, 90));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 17));
        graphics.drawString(caption, MARGIN, 72);
    }

    private static void drawLegend(Graphics2D graphics, List<Band> bands, int perLine) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18));
        for (int i = 0; i < bands.size(); i++) {
            int x = MARGIN + i % perLine * LEGEND_CELL;
            int y = HEAD + i / perLine * LEGEND_LINE + LEGEND_LINE / 2;
            graphics.setColor(bands.get(i).color());
            graphics.setStroke(Panel.stroke(bands.get(i)));
            graphics.draw(new Line2D.Float(x, y, x + SAMPLE, y));
            graphics.setColor(new Color(40, 40, 40));
            graphics.drawString(bands.get(i).name(), x + SAMPLE + 12, y + 6);
        }
    }
}
