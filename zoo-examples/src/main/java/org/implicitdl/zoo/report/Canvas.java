package org.implicitdl.zoo.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

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
        text(text, style, size, color, x - width(text, style, size) / 2, y);
    }

    /** Draws a line of text from a point on its base line upwards. */
    void upwards(String text, int style, int size, Color color, int x, int y) {
        AffineTransform level = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, x, y);
        text(text, style, size, color, x, y);
        graphics.setTransform(level);
    }

    /** The width of a line of text. */
    static int width(String text, int style, int size) {
        FontRenderContext smooth = new FontRenderContext(null, true, true);
        return (int) Math.ceil(new Font(Font.SANS_SERIF, style, size)
                .getStringBounds(text, smooth)
                .getWidth());
    }

    /** Writes a diagram under a title and a line. */
    static void write(XYChart diagram, String title, String caption, OutputStream stream) throws IOException {
        Canvas canvas = new Canvas(diagram.getWidth(), HEAD + diagram.getHeight(), title, caption);
        canvas.graphics.drawImage(BitmapEncoder.getBufferedImage(diagram), 0, HEAD, null);
        canvas.writeTo(stream);
    }

    void writeTo(OutputStream stream) throws IOException {
        graphics.dispose();
        ImageIO.write(image, "png", stream);
    }
}
