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

    private static int brightness(BufferedImage image, int x, int y) {
        // Below the head and right of the margin.
        return new Color(image.getRGB(60 + x, 130 + y)).getRed();
    }

    @Test
    void cellsAreDarkerTheMoreOfThemIsNonzero() throws IOException {
        DensityGrid grid = new DensityGrid(10, 2, new double[][] {{0, 1, 0.5}, {0, 1e-3, 0.01}, {1, 0, 1e-9}});

        BufferedImage image = draw(new SparsityFigure("title", "caption", grid));

        int[] brightness = new int[9];
        for (int k = 0; k < 9; k++) {
            // The middles of cells of 333 pixels, the last of which come after a gap.
            brightness[k] = brightness(image, 333 * (k % 3) + 166, 333 * (k / 3) + 166);
        }
        assertThat(brightness[0])
                .isEqualTo(brightness[3])
                .isEqualTo(brightness[7])
                .isEqualTo(246);
        assertThat(brightness[1]).isEqualTo(brightness[6]).isEqualTo(16);
        assertThat(brightness[2]).isStrictlyBetween(brightness[1], brightness[5]);
        assertThat(brightness[5]).isLessThan(brightness[4]);
        assertThat(brightness[4]).isLessThan(brightness[8]);
        assertThat(brightness[8]).as("the least share is still seen").isLessThan(brightness[0]);
    }

    @Test
    void fewOutputsAreSeenBelowManyStates() throws IOException {
        double[][] shares = new double[501][502];
        shares[500][0] = 1;
        shares[500][501] = 1;

        BufferedImage image = draw(new SparsityFigure("title", "caption", new DensityGrid(1, 500, shares)));

        // 500 cells of 2 pixels, a gap of 6, and then a row of 12.
        assertThat(brightness(image, 0, 1012)).isEqualTo(16);
        assertThat(brightness(image, 3, 1012)).isEqualTo(246);
        assertThat(brightness(image, 1016, 1012)).isEqualTo(16);
    }

    private static BufferedImage draw(SparsityFigure figure) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        figure.writeTo(png);
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }
}
