package org.implicitdl.zoo.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** A white picture with a title and a line under it, on which one thread draws before it is written. */
final class Canvas {
    static final int MARGIN = 30;

    /** The height that title and caption take. */
    static final int HEAD = 95;

    static final Color INK = new Color(40, 40, 40);
    private static final Color TITLE = new Color(20, 20, 20);
    private static final Color CAPTION = new Color(90, 90, 90);

    private final BufferedImage image;
    private final Graphics2D graphics;

    Canvas(int width, int height, String title, String caption) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        text(title, Font.BOLD, 26, TITLE, MARGIN, 42);
        text(caption, Font.PLAIN, 17, CAPTION, MARGIN, 72);
    }

    Graphics2D graphics() {
        return graphics;
    }

    /** Draws a line of text from a point on its base line to the right. */
    void text(String text, int style, int size, Color color, int x, int y) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(color);
        graphics.drawString(text, x, y);
    }

    /** Draws a line of text around a point on its base line. */
    void centred(String text, int style, int size, Color color, int x, int y) {
        Font font = new Font(Font.SANS_SERIF, style, size);
        text(text, style, size, color, x - graphics.getFontMetrics(font).stringWidth(text) / 2, y);
    }

    void writeTo(OutputStream stream) throws IOException {
        graphics.dispose();
        ImageIO.write(image, "png", stream);
    }
}
