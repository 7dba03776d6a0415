package org.implicitdl.zoo.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** What a written picture shows. */
final class Pixels {
    private Pixels() {}

    static BufferedImage draw(OutputFolder.Content picture) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        picture.writeTo(png);
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }

    static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF) ? 1 : 0;
            }
        }
        return count;
    }
}
