package org.implicitdl.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDataTest {
    @TempDir
    private Path folder;

    @Test
    void aFileInPlaceOfTheFolderIsCalledAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("d5.csv"), "1,2\n");
        assertThatThrownBy(() -> ImageData.mnist(file, 1))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("d5.csv' is a file")
                .hasMessageContaining("name the folder");
    }

    @Test
    void theDigitsAreSplitWithoutLossOrOverlap() {
        ImageSplit split = ImageData.digits(3);

        assertThat(List.of(
                        split.train().size(),
                        split.validation().size(),
                        split.test().size()))
                .containsExactly(1295, 143, 359);
        // All 1,797 images differ from each other.
        Set<List<Float>> all = new HashSet<>();
        List.of(split.train(), split.validation(), split.test())
                .forEach(part -> IntStream.range(0, part.size()).forEach(i -> all.add(image(part, i))));
        assertThat(all).hasSize(1797);
        assertThat(split.test().rows()).isEqualTo(8);
        assertThat(split.test().columns()).isEqualTo(8);
    }

    private static List<Float> image(ImageSet set, int image) {
        return IntStream.range(0, set.pixels())
                .mapToObj(pixel -> set.brightness(image, pixel))
                .toList();
    }

    @Test
    void theSeedDecidesTheSplit() {
        assertThat(image(ImageData.digits(3).test(), 0))
                .isEqualTo(image(ImageData.digits(3).test(), 0))
                .isNotEqualTo(image(ImageData.digits(4).test(), 0));
        assertThat(image(ImageData.mnistSubset(3).validation(), 0))
                .isEqualTo(image(ImageData.mnistSubset(3).validation(), 0))
                .isNotEqualTo(image(ImageData.mnistSubset(4).validation(), 0));
    }

    /** The first labels of MNIST are known to everyone who has looked at it: 5 0 4 1 9 in training, 7 2 1 0 4 in test. */
    @Test
    void theShippedPartOfMnistStartsAsMnistDoes() {
        ImageSplit split = ImageData.mnistSubset(3);

        assertThat(IntStream.range(0, 5).map(split.test()::label)).containsExactly(7, 2, 1, 0, 4);
        assertThat(List.of(
                        split.train().size(),
                        split.validation().size(),
                        split.test().size()))
                .containsExactly(3600, 400, 1000);
        assertThat(split.train().pixels()).isEqualTo(784);
    }

    @Test
    void aFolderMayHoldPlainOrPackedFilesUnderEitherName() throws IOException {
        MadeUpMnist.write(folder, 10, 10);
        assertThat(ImageData.mnist(folder, 1).train().size()).isEqualTo(9);
        deleteAll();
        MadeUpMnist.write(folder, 10, 10, name -> name.replace("-idx", ".idx") + ".gz", IdxBytes::gzipped);
        assertThat(ImageData.mnist(folder, 1).test().label(7)).isEqualTo(7);
    }

    private void deleteAll() throws IOException {
        for (String name : folder.toFile().list()) {
            Files.delete(folder.resolve(name));
        }
    }

    @Test
    void aMissingFileIsNamedWithItsFolder() throws IOException {
        MadeUpMnist.write(folder, 10, 10);
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));

        assertThatThrownBy(() -> ImageData.mnist(folder, 1))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("'" + folder + "'")
                .hasMessageContaining("'t10k-labels-idx1-ubyte' is not there;");
    }

    @Test
    void aMissingFolderIsSaidToBeMissing() {
        assertThatThrownBy(() -> ImageData.mnist(folder.resolve("nowhere"), 1))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("nor the folder itself");
    }
}
