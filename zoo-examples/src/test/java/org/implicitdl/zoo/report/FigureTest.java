package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final double[] X = {1, 10, 100};

    @Test
    void linesAndBandsOfEveryPanelAreDrawnInTheirColours() throws IOException {
        Band line = new Band(
                "method", Color.RED, false, X, new double[] {1, .1, .01}, new double[] {.5, .05, 0}, new double[] {
                    2, .2, .02
                });
        Band level = new Band(
                "level",
                Color.BLUE,
                true,
                new double[] {1, 100},
                new double[] {.3, .3},
                new double[] {.3, .3},
                new double[] {.3, .3});
        Panel panel = new Panel("title", "x", "y", 1e-4, List.of(line, level));

        BufferedImage image =
                draw(new Figure("figure", "caption", List.of(List.of(panel, panel), List.of(panel, panel))));

        int middle = image.getWidth() / 2;
        for (int x : new int[] {0, middle}) {
            BufferedImage half = image.getSubimage(x, image.getHeight() / 2, middle, image.getHeight() / 2);
            assertThat(count(half, Color.RED)).isGreaterThan(500);
            assertThat(count(half, Color.BLUE)).isGreaterThan(200);
        }
    }

    @Test
    void zeroErrorsAreDrawnAtTheFloor() throws IOException {
        Band zeros = new Band("zeros", Color.RED, false, X, new double[3], new double[3], new double[3]);

        BufferedImage image =
                draw(new Figure("f", "c", List.of(List.of(new Panel("t", "x", "y", 1e-4, List.of(zeros))))));

        assertThat(count(image, Color.RED)).isGreaterThan(500);
    }

    @Test
    void arraysOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> new Band("b", Color.RED, false, X, new double[2], new double[3], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b'")
                .hasMessageContaining("3, 2, 3 and 3");
    }

    private static BufferedImage draw(Figure figure) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        figure.writeTo(png);
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }

    private static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF) ? 1 : 0;
            }
        }
        return count;
    }
}
