package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.implicitdl.convert.structure.DensityGrid;
import org.junit.jupiter.api.Test;

class SparsityFigureTest {

    @Test
    void cellsAreDarkerTheMoreOfThemIsNonzero() throws IOException {
        DensityGrid grid = new DensityGrid(10, 2, new double[][] {{0, 1, 0.5}, {0, 0, 0.01}, {1, 0, 0}});

        BufferedImage image = draw(new SparsityFigure("title", "caption", grid));

        int[] brightness = new int[9];
        for (int k = 0; k < 9; k++) {
            // The middles of cells of 333 pixels, below the head and right of the margin.
            brightness[k] = new Color(image.getRGB(60 + 333 * (k % 3) + 166, 130 + 333 * (k / 3) + 166)).getRed();
        }
        assertThat(brightness[0]).isEqualTo(brightness[3]).isEqualTo(246);
        assertThat(brightness[1]).isEqualTo(brightness[6]).isEqualTo(16);
        assertThat(brightness[2]).isStrictlyBetween(brightness[1], brightness[5]);
        assertThat(brightness[5]).isLessThan(brightness[0]);
    }

    private static BufferedImage draw(SparsityFigure figure) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        figure.writeTo(png);
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }
}
