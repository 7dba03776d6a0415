package org.implicitdl.zoo.report;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A PNG of small grey images, each with a line of text under it, dark on white as ink is.
 *
 * @param caption a line under the title
 * @param perLine how many images stand beside each other
 */
public record ImageGrid(String title, String caption, int perLine, List<Tile> tiles) implements OutputFolder.Content {
    private static final int SIDE = 112;
    private static final int SPACE = 26;
    private static final int LABEL = 34;

    /**
     * One image.
     *
     * @param label the text under it
     * @param columns how many pixels make a row
     * @param brightness of the pixels, row by row, from 0 to 1
     */
    public record Tile(String label, int columns, float[] brightness) {}

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        int lines = Math.max(1, (tiles.size() + perLine - 1) / perLine);
        Canvas canvas = new Canvas(
                2 * Canvas.MARGIN + perLine * (SIDE + SPACE) - SPACE,
                Canvas.HEAD + lines * (SIDE + LABEL + SPACE / 2) + Canvas.MARGIN / 2,
                title,
                caption);
        for (int i = 0; i < tiles.size(); i++) {
            int x = Canvas.MARGIN + i % perLine * (SIDE + SPACE);
            int y = Canvas.HEAD + i / perLine * (SIDE + LABEL + SPACE / 2);
            canvas.graphics().drawImage(inked(tiles.get(i)), x, y, SIDE, SIDE, null);
            canvas.centred(tiles.get(i).label(), Font.PLAIN, 16, Canvas.INK, x + SIDE / 2, y + SIDE + 20);
        }
        canvas.writeTo(stream);
    }

    private static BufferedImage inked(Tile tile) {
        int columns = tile.columns();
        BufferedImage image =
                new BufferedImage(columns, tile.brightness().length / columns, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < tile.brightness().length; i++) {
            int grey = Math.round(255 * (1 - tile.brightness()[i]));
            image.setRGB(i % columns, i / columns, grey << 16 | grey << 8 | grey);
        }
        return image;
    }
}
