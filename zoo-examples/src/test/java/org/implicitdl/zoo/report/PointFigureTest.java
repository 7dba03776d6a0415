package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointFigureTest {
    private static final Points CORNERS =
            new Points("corners", Color.RED, new double[] {.001, 1000}, new double[] {0, 1});
    private static final Points MIDDLE = new Points("middle", Color.BLUE, new double[] {1}, new double[] {.5});
    private static final Points NONE = new Points("none", Color.GREEN, new double[0], new double[0]);

    private static BufferedImage draw(Points... kinds) throws IOException {
        return Pixels.draw(new PointFigure("title", "caption", "seconds", Scale.LOGARITHMIC, "score", List.of(kinds)));
    }

    @Test
    void onALogarithmicAxisTheGeometricMeanIsInTheMiddle() throws IOException {
        BufferedImage image = draw(CORNERS, MIDDLE, NONE);
        int width = image.getWidth();
        int plot = image.getHeight() - 130; // without the axis and the legend
        BufferedImage middle = image.getSubimage(2 * width / 5, plot / 3, width / 5, plot / 2);

        assertThat(Pixels.count(middle, Color.BLUE)).isGreaterThan(20);
        assertThat(Pixels.count(middle, Color.RED)).isZero();
        assertThat(Pixels.count(image, Color.RED)).isGreaterThan(2 * 20);
        assertThat(Pixels.count(image, Color.GREEN)).isZero();
    }

    @Test
    void xWithoutYIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Points("odd", Color.RED, new double[2], new double[1]))
                .withMessageContainingAll("'odd'", "2 and 1");
    }
}
