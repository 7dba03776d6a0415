package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private static final Color RIGHT = new Color(0x0072B2);
    private static final Color WRONG = new Color(0xD55E00);

    private static BufferedImage draw(int[][] counts) throws IOException {
        return Pixels.draw(new ConfusionMatrix("title", "caption", List.of("a", "b"), counts));
    }

    @Test
    void rightAnswersAreBlueAndMistakesOrange() throws IOException {
        BufferedImage perfect = draw(new int[][] {{3, 0}, {0, 5}});
        BufferedImage hopeless = draw(new int[][] {{0, 3}, {5, 0}});

        assertThat(Pixels.count(perfect, RIGHT)).isGreaterThan(2 * 50 * 50);
        assertThat(Pixels.count(perfect, WRONG)).isZero();
        assertThat(Pixels.count(hopeless, WRONG)).isGreaterThan(2 * 50 * 50);
        assertThat(Pixels.count(hopeless, RIGHT)).isZero();
    }

    @Test
    void aClassWithoutImagesIsLeftWhite() throws IOException {
        BufferedImage image = draw(new int[][] {{3, 0}, {0, 0}});

        assertThat(Pixels.count(image, RIGHT)).isBetween(50 * 50, 62 * 62);
    }

    @Test
    void namesWiderThanTheCellsStandUprightAndCoverNoCell() throws IOException {
        int[][] counts = {{3, 0}, {0, 5}};
        List<String> names = List.of("versicolor and virginica", "a name so long that nobody wants to read all of it");
        BufferedImage image = Pixels.draw(new ConfusionMatrix("title", "caption", names, counts));

        assertThat(image.getHeight()).isGreaterThan(draw(counts).getHeight() + 100);
        assertThat(Pixels.count(image, RIGHT)).isEqualTo(Pixels.count(draw(counts), RIGHT));
    }

    @Test
    void aMatrixThatIsNotSquareIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draw(new int[][] {{1, 2}, {3}}))
                .withMessageContaining("2 classes")
                .withMessageContaining("[2, 1]");
    }
}
