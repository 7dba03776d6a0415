package org.implicitdl.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ImageSetTest {
    private static final int COUNT = 11;

    /** Images of one row and two columns: the first pixel is the number of the image, the second 20 minus it. */
    private static ImageSet numbered() {
        int[] pixels =
                IntStream.range(0, COUNT).flatMap(i -> IntStream.of(i, 20 - i)).toArray();
        int[] labels = IntStream.range(0, COUNT).map(i -> i % 3).toArray();
        return ImageSet.of(
                IdxBytes.read("images", 3, IdxBytes.of(new int[] {COUNT, 1, 2}, pixels)),
                IdxBytes.read("labels", 1, IdxBytes.of(new int[] {COUNT}, labels)),
                3,
                20);
    }

    private static List<Integer> numbers(DataSetIterator iterator) {
        List<Integer> numbers = new ArrayList<>();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            for (int i = 0; i < batch.numExamples(); i++) {
                numbers.add(Math.round(20 * batch.getFeatures().getFloat(i, 0)));
            }
        }
        return numbers;
    }

    @Test
    void aBatchHasBrightnessFromZeroToOneAndOneHotLabels() {
        DataSet batch = numbered().batch(4, 6);

        assertThat(batch.getFeatures().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(batch.getFeatures().toFloatMatrix()).isDeepEqualTo(new float[][] {
            {4 / 20f, 16 / 20f}, {5 / 20f, 15 / 20f}
        });
        assertThat(batch.getLabels().toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 1, 0}, {0, 0, 1}});
    }

    @Test
    void labelsStayWithTheirImagesWhenShuffled() {
        ImageSet shuffled = numbered().shuffled(5).part(2, 9).shuffled(6);

        assertThat(IntStream.range(0, shuffled.size()))
                .allSatisfy(i ->
                        assertThat(shuffled.label(i)).isEqualTo(Math.round(20 * shuffled.brightness(i, 0)) % 3));
    }

    @Test
    void batchesHoldEveryImageOnceAndTheLastHoldsWhatIsLeft() {
        DataSetIterator iterator = numbered().iterator(4);

        assertThat(iterator.next().numExamples()).isEqualTo(4);
        assertThat(iterator.next().numExamples()).isEqualTo(4);
        assertThat(iterator.next().numExamples()).isEqualTo(3);
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("reset()");
        iterator.reset();
        assertThat(numbers(iterator)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void everyEpochHasAnotherOrderAndTheSeedDecidesThemAll() {
        DataSetIterator first = numbered().shuffledIterator(4, 7);
        DataSetIterator second = numbered().shuffledIterator(4, 7);

        List<Integer> epoch1 = numbers(first);
        first.reset();
        List<Integer> epoch2 = numbers(first);

        assertThat(epoch1).isNotEqualTo(epoch2).containsExactlyInAnyOrderElementsOf(epoch2);
        assertThat(epoch1)
                .containsExactlyInAnyOrderElementsOf(numbers(numbered().iterator(3)));
        assertThat(numbers(second)).isEqualTo(epoch1);
        second.reset();
        assertThat(numbers(second)).isEqualTo(epoch2);
        assertThat(numbers(numbered().shuffledIterator(4, 8))).isNotEqualTo(epoch1);
    }

    @Test
    void imagesAndLabelsOfDifferentCountsAreRefused() {
        IdxFile images = IdxBytes.read("my-images", 3, IdxBytes.of(new int[] {2, 1, 1}, 0, 0));
        IdxFile labels = IdxBytes.read("my-labels", 1, IdxBytes.of(new int[] {1}, 0));

        assertThatThrownBy(() -> ImageSet.of(images, labels, 10, 255))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("'my-images' has 2")
                .hasMessageContaining("'my-labels' 1");
    }

    @Test
    void aLabelThatIsNoClassIsNamed() {
        IdxFile images = IdxBytes.read("my-images", 3, IdxBytes.of(new int[] {2, 1, 1}, 0, 0));
        IdxFile labels = IdxBytes.read("my-labels", 1, IdxBytes.of(new int[] {2}, 9, 200));

        assertThatThrownBy(() -> ImageSet.of(images, labels, 10, 255))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("label of 'my-labels' must be in 0 to 9, but number 1 is 200");
    }

    @Test
    void aPixelBrighterThanWhiteIsNamed() {
        IdxFile images = IdxBytes.read("my-images", 3, IdxBytes.of(new int[] {1, 1, 2}, 16, 17));
        IdxFile labels = IdxBytes.read("my-labels", 1, IdxBytes.of(new int[] {1}, 0));

        assertThatThrownBy(() -> ImageSet.of(images, labels, 10, 16))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("pixel of 'my-images' must be in 0 to 16, but number 1 is 17");
    }

    @Test
    void partsOutsideTheSetAndEmptyBatchesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbered().part(3, COUNT + 1))
                .withMessageContaining("from 3 to 12");
        assertThatIllegalArgumentException().isThrownBy(() -> numbered().batch(3, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbered().iterator(0))
                .withMessageContaining("at least one image");
    }
}
