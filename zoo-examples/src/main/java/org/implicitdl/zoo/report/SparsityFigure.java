package org.implicitdl.zoo.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import org.implicitdl.convert.structure.DensityGrid;

/**
 * A PNG of the sparsity pattern of M = [A B; C D]: the darker a cell, the more of its entries are nonzero.
 *
 * @param title over the picture
 * @param caption under the title
 * @param grid the shares of nonzeros
 */
public record SparsityFigure(String title, String caption, DensityGrid grid) implements OutputFolder.Content {
    private static final int SIDE = 1000;
    private static final int HEAD = 100;
    private static final int MARGIN = 60;
    private static final int LEAST_WIDTH = 560;
    private static final Color EMPTY = new Color(246, 246, 246);
    private static final Color FULL = new Color(16, 42, 110);
    private static final Color LINE = new Color(200, 60, 30);

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        ImageIO.write(draw(), "png", stream);
    }

    private BufferedImage draw() {
        int scale = Math.max(1, SIDE / Math.max(grid.rows(), grid.cols()));
        int width = grid.cols() * scale;
        int height = grid.rows() * scale;
        BufferedImage image = new BufferedImage(
                Math.max(LEAST_WIDTH, width + 2 * MARGIN), HEAD + height + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(new Color(20, 20, 20));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 24));
        graphics.drawString(title, MARGIN, 42);
        graphics.setColor(new Color(90, 90, 90));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        graphics.drawString(caption, MARGIN, 70);
        graphics.translate(MARGIN, HEAD + MARGIN / 2);
        drawCells(graphics, scale);
        drawParts(graphics, scale, width, height);
        graphics.dispose();
        return image;
    }

    private void drawCells(Graphics2D graphics, int scale) {
        for (int i = 0; i < grid.rows(); i++) {
            for (int j = 0; j < grid.cols(); j++) {
                graphics.setColor(shade(grid.share(i, j)));
                graphics.fillRect(j * scale, i * scale, scale, scale);
            }
        }
    }

    /** By the square root, so that a few nonzeros in a large cell are still seen. */
    private static Color shade(double share) {
        double weight = share == 0 ? 0 : Math.max(0.15, Math.sqrt(Math.min(1, share)));
        return new Color(
                mix(EMPTY.getRed(), FULL.getRed(), weight),
                mix(EMPTY.getGreen(), FULL.getGreen(), weight),
                mix(EMPTY.getBlue(), FULL.getBlue(), weight));
    }

    private static int mix(int from, int to, double weight) {
        return (int) Math.round(from + weight * (to - from));
    }

    private void drawParts(Graphics2D graphics, int scale, int width, int height) {
        int split = grid.stateCells() * scale;
        graphics.setColor(LINE);
        graphics.setStroke(new BasicStroke(2f));
        graphics.drawRect(0, 0, width, height);
        graphics.drawLine(split, 0, split, height);
        graphics.drawLine(0, split, width, split);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        graphics.drawString("A", split / 2 - 6, -8);
        graphics.drawString("B", (split + width) / 2 - 6, -8);
        graphics.drawString("C", split / 2 - 6, height + 22);
        graphics.drawString("D", (split + width) / 2 - 6, height + 22);
    }
}
