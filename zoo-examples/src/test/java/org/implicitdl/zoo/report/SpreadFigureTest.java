package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadFigureTest {

    private static BufferedImage draw(Sample... samples) throws IOException {
        return Pixels.draw(new SpreadFigure("title", "caption", "score", List.of(samples)));
    }

    @Test
    void everySampleIsInItsPlaceAndAnEmptyOneLeavesItsOwnFree() throws IOException {
        double[] equal = new double[40];
        Arrays.fill(equal, .5);
        BufferedImage image = draw(
                new Sample("first", Color.RED, new double[] {0, 1}),
                new Sample("second", Color.GREEN, new double[0]),
                new Sample("third", Color.BLUE, equal));
        BufferedImage left = image.getSubimage(0, 0, image.getWidth() / 2, image.getHeight());
        BufferedImage right = image.getSubimage(image.getWidth() / 2, 0, image.getWidth() / 2, image.getHeight());

        assertThat(Pixels.count(left, Color.RED)).isGreaterThan(2 * 15);
        assertThat(Pixels.count(left, Color.BLUE)).isZero();
        assertThat(Pixels.count(right, Color.RED)).isZero();
        // Equal values lie side by side: a single point has some 30 pixels.
        assertThat(Pixels.count(right, Color.BLUE)).isGreaterThan(10 * 30);
        assertThat(Pixels.count(image, Color.GREEN)).isZero();
    }

    @Test
    void namesStandUnderTheirSamples() throws IOException {
        BufferedImage image = draw(
                new Sample("first", Color.RED, new double[] {0, 1}), new Sample("", Color.BLUE, new double[] {0, 1}));
        BufferedImage foot = image.getSubimage(0, image.getHeight() - 45, image.getWidth(), 45);

        assertThat(Pixels.count(foot.getSubimage(0, 0, image.getWidth() / 2, 45), Canvas.INK))
                .isPositive();
        assertThat(Pixels.count(foot.getSubimage(image.getWidth() / 2, 0, image.getWidth() / 2, 45), Canvas.INK))
                .isZero();
    }

    @Test
    void theBoxHoldsTheMiddleHalf() throws IOException {
        double[] values = new double[101];
        Arrays.setAll(values, i -> i / 100.0);

        BufferedImage image = draw(new Sample("all", Color.RED, values));

        int[] lines = boxLines(image);
        int top = lines[0];
        int bottom = lines[lines.length - 1];
        // Of a range from 0 to 1, drawn from the first to the last red pixel.
        int[] red = rowsOf(image, Color.RED, 1);
        double range = red[red.length - 1] - red[0];
        assertThat((bottom - top) / range).isBetween(.45, .55);
        assertThat((top - red[0]) / range).isBetween(.2, .3);
    }

    /** Rows of which a quarter is dark: horizontal lines of the box. */
    private static int[] boxLines(BufferedImage image) {
        return rowsOf(image, Color.DARK_GRAY, image.getWidth() / 4);
    }

    private static int[] rowsOf(BufferedImage image, Color color, int least) {
        return java.util.stream.IntStream.range(0, image.getHeight())
                .filter(y -> Pixels.count(image.getSubimage(0, y, image.getWidth(), 1), color) >= least)
                .toArray();
    }
}
