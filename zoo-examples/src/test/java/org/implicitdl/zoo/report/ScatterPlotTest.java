package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScatterPlotTest {
    private static final Color POINT = new Color(0x0072B2);

    private static BufferedImage draw(double[] truth, double[] predicted) throws IOException {
        return Pixels.draw(new ScatterPlot("title", "caption", "price", truth, predicted));
    }

    @Test
    void everyPointIsDrawnWhereTrueAndPredictedValueMeet() throws IOException {
        // Axes from 0 to 10 by the first two points, on the line; the third one is right and low.
        BufferedImage image = draw(new double[] {0, 10, 9}, new double[] {0, 10, 1});
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage rightAndLow = image.getSubimage(width / 2, 3 * height / 4, width / 2, height / 4);
        BufferedImage leftAndHigh = image.getSubimage(0, height / 4, width / 2, height / 4);

        assertThat(Pixels.count(rightAndLow, POINT)).isGreaterThan(20);
        assertThat(Pixels.count(leftAndHigh, POINT)).isZero();
        assertThat(Pixels.count(image, POINT)).isGreaterThan(60);
    }

    @Test
    void aSinglePointCanBeDrawn() throws IOException {
        assertThat(Pixels.count(draw(new double[] {3}, new double[] {3}), POINT))
                .isGreaterThan(20);
    }

    @Test
    void fewerPredictionsThanTruthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draw(new double[] {1, 2}, new double[] {1}))
                .withMessageContaining("2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draw(new double[0], new double[0]))
                .withMessageContaining("at least one");
    }
}
