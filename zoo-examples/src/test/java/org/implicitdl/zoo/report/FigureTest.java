package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
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
                Pixels.draw(new Figure("figure", "caption", List.of(List.of(panel, panel), List.of(panel, panel))));

        int middle = image.getWidth() / 2;
        for (int x : new int[] {0, middle}) {
            BufferedImage half = image.getSubimage(x, image.getHeight() / 2, middle, image.getHeight() / 2);
            assertThat(Pixels.count(half, Color.RED)).isGreaterThan(500);
            assertThat(Pixels.count(half, Color.BLUE)).isGreaterThan(200);
        }
    }

    @Test
    void zeroErrorsAreDrawnAtTheFloor() throws IOException {
        Band zeros = new Band("zeros", Color.RED, false, X, new double[3], new double[3], new double[3]);

        BufferedImage image =
                Pixels.draw(new Figure("f", "c", List.of(List.of(new Panel("t", "x", "y", 1e-4, List.of(zeros))))));

        assertThat(Pixels.count(image, Color.RED)).isGreaterThan(500);
    }

    @Test
    void linearAxesShowNegativeValuesAndEqualOnes() throws IOException {
        double[] below = {-2, -1, -2};
        Band negative = new Band("n", Color.RED, false, X, below, below, below);
        Band equal = new Band("e", Color.BLUE, false, X, new double[3], new double[3], new double[3]);

        BufferedImage image = Pixels.draw(new Figure("f", "c", List.of(List.of(linear(negative), linear(equal)))));

        assertThat(Pixels.count(image, Color.RED)).isGreaterThan(500);
        assertThat(Pixels.count(image, Color.BLUE)).isGreaterThan(500);
    }

    private static Panel linear(Band band) {
        return new Panel("t", "x", Scale.LINEAR, "y", Scale.LINEAR, 1e-4, List.of(band));
    }

    @Test
    void arraysOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> new Band("b", Color.RED, false, X, new double[2], new double[3], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b'")
                .hasMessageContaining("3, 2, 3 and 3");
    }
}
