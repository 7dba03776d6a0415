package org.implicitdl.zoo.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.implicitdl.convert.structure.DensityGrid;

/**
 * A PNG of the sparsity pattern of M = [A B; C D]: the darker a cell, the more of its entries are nonzero, by the
 * logarithm, since shares of large cells differ by orders of magnitude.
 *
 * @param title over the picture
 * @param caption under the title
 * @param grid the shares of nonzeros
 */
public record SparsityFigure(String title, String caption, DensityGrid grid) implements OutputFolder.Content {
    private static final int SIDE = 1000;
    private static final int HEAD = 100;
    private static final int MARGIN = 60;
    private static final int LEGEND = 60;
    private static final int SWATCH = 90;
    /** B, C and D are no thinner. */
    private static final int LEAST = 12;

    private static final int GAP = 6;
    /** Shares of less than a power of ten with this exponent look alike. */
    private static final int DECADES = 5;

    private static final double LIGHTEST = 0.15;
    private static final Color EMPTY = new Color(246, 246, 246);
    private static final Color FULL = new Color(16, 42, 110);
    private static final Color LINE = new Color(200, 60, 30);
    private static final Color TEXT = new Color(90, 90, 90);

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        Axis down = new Axis(grid.stateCells(), grid.rows() - grid.stateCells(), scale());
        Axis right = new Axis(grid.stateCells(), grid.cols() - grid.stateCells(), scale());
        ImageIO.write(draw(down, right), "png", stream);
    }

    private int scale() {
        return Math.max(1, Math.round((float) SIDE / Math.max(grid.rows(), grid.cols())));
    }

    /** Where cells lie: those of the states, a gap, and those of the outputs or inputs. */
    private record Axis(int states, int others, int scale) {
        int start(int cell) {
            return cell < states ? cell * scale : states * scale + GAP + (cell - states) * otherScale();
        }

        int size(int cell) {
            return cell < states ? scale : otherScale();
        }

        int otherScale() {
            return Math.max(scale, (LEAST + others - 1) / others);
        }

        int middleOfOthers() {
            return (start(states) + length()) / 2;
        }

        int length() {
            return start(states + others);
        }
    }

    private BufferedImage draw(Axis down, Axis right) {
        BufferedImage image = new BufferedImage(
                Math.max((DECADES + 2) * SWATCH, right.length()) + 2 * MARGIN,
                HEAD + down.length() + 2 * MARGIN + LEGEND,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(new Color(20, 20, 20));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 24));
        graphics.drawString(title, MARGIN, 42);
        graphics.setColor(TEXT);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        graphics.drawString(caption, MARGIN, 70);
        graphics.translate(MARGIN, HEAD + MARGIN / 2);
        drawCells(graphics, down, right);
        drawParts(graphics, down, right);
        graphics.translate(0, down.length() + MARGIN);
        drawLegend(graphics);
        graphics.dispose();
        return image;
    }

    private void drawCells(Graphics2D graphics, Axis down, Axis right) {
        for (int i = 0; i < grid.rows(); i++) {
            for (int j = 0; j < grid.cols(); j++) {
                graphics.setColor(shade(grid.share(i, j)));
                graphics.fillRect(right.start(j), down.start(i), right.size(j), down.size(i));
            }
        }
    }

    private static Color shade(double share) {
        double decade = Math.max(0, Math.min(1, 1 + Math.log10(share) / DECADES));
        double weight = share == 0 ? 0 : LIGHTEST + (1 - LIGHTEST) * decade;
        return new Color(
                mix(EMPTY.getRed(), FULL.getRed(), weight),
                mix(EMPTY.getGreen(), FULL.getGreen(), weight),
                mix(EMPTY.getBlue(), FULL.getBlue(), weight));
    }

    private static int mix(int from, int to, double weight) {
        return (int) Math.round(from + weight * (to - from));
    }

    private void drawParts(Graphics2D graphics, Axis down, Axis right) {
        int states = grid.stateCells() * scale();
        graphics.setColor(LINE);
        graphics.setStroke(new BasicStroke(2f));
        graphics.drawRect(-2, -2, right.length() + 3, down.length() + 3);
        graphics.drawLine(states + GAP / 2, -2, states + GAP / 2, down.length());
        graphics.drawLine(-2, states + GAP / 2, right.length(), states + GAP / 2);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        graphics.drawString("A", states / 2 - 6, -10);
        graphics.drawString("B", right.middleOfOthers() - 6, -10);
        graphics.drawString("C", states / 2 - 6, down.length() + 24);
        graphics.drawString("D", right.middleOfOthers() - 6, down.length() + 24);
    }

    private void drawLegend(Graphics2D graphics) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.setColor(TEXT);
        graphics.drawString(
                String.format(
                        Locale.ROOT, "nonzeros among the entries of a cell (%,d by %,d)", grid.cell(), grid.cell()),
                0,
                0);
        for (int k = 0; k <= DECADES; k++) {
            graphics.setColor(shade(Math.pow(10, -k)));
            graphics.fillRect(k * SWATCH, 12, 18, 18);
            graphics.setColor(TEXT);
            int digits = Math.max(0, k - 2);
            graphics.drawString(
                    String.format(Locale.ROOT, "%." + digits + "f %%", Math.pow(10, 2.0 - k)), k * SWATCH + 24, 26);
        }
    }
}
