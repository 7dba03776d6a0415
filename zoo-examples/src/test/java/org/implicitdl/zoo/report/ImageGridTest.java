package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    private static final ImageGrid.Tile HALF_INKED = new ImageGrid.Tile("", 2, new float[] {1, 0, 1, 0});

    @Test
    void brightPixelsAreBlackAndEveryImageIsDrawn() throws IOException {
        BufferedImage one = Pixels.draw(new ImageGrid("", "", 4, List.of(HALF_INKED)));
        BufferedImage six = Pixels.draw(new ImageGrid("", "", 4, Collections.nCopies(6, HALF_INKED)));

        assertThat(Pixels.count(one, Color.BLACK)).isEqualTo(112 * 112 / 2);
        assertThat(Pixels.count(six, Color.BLACK)).isEqualTo(6 * 112 * 112 / 2);
        assertThat(six.getHeight()).isGreaterThan(one.getHeight());
    }

    @Test
    void noImageAtAllIsAPictureWithItsTitle() throws IOException {
        assertThat(Pixels.draw(new ImageGrid("none", "", 4, List.of())).getWidth())
                .isGreaterThan(400);
    }
}
