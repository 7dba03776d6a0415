package org.implicitdl.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFileTest {
    private static final byte[] IMAGES = IdxBytes.of(new int[] {2, 1, 3}, 0, 1, 127, 128, 254, 255);

    @TempDir
    private Path folder;

    @Test
    void whetherAFileIsGzippedIsToldByItsContentAndNotByItsName() throws IOException {
        Path plain = Files.write(folder.resolve("plain.gz"), IMAGES);
        Path packed = Files.write(folder.resolve("packed"), IdxBytes.gzipped(IMAGES));

        for (Path file : List.of(plain, packed)) {
            IdxFile read = IdxFile.read(file, 3);
            assertThat(read.shape()).containsExactly(2, 1, 3);
            assertThat(read.values()).containsExactly(0, 1, 127, -128, -2, -1);
        }
    }

    static Stream<Arguments> damages() {
        byte[] packed = IdxBytes.gzipped(IMAGES);
        byte[] spoiled = packed.clone();
        spoiled[packed.length - 6] ^= 1;
        return Stream.of(
                Arguments.of("empty", new byte[0], "too early"),
                Arguments.of("one byte", new byte[] {0}, "too early"),
                Arguments.of("end in the sizes", Arrays.copyOf(IMAGES, 13), "too early"),
                Arguments.of("end in the values", Arrays.copyOf(IMAGES, IMAGES.length - 1), "hold 6 values"),
                Arguments.of("a byte too many", Arrays.copyOf(IMAGES, IMAGES.length + 1), "but goes on"),
                Arguments.of("end in the gzip", Arrays.copyOf(packed, packed.length - 12), "too early"),
                Arguments.of("spoiled gzip", spoiled, "too early"),
                Arguments.of("no image", IdxBytes.of(new int[] {0, 1, 3}), "[0, 1, 3]"),
                Arguments.of("negative size", IdxBytes.of(new int[] {2, -1, -3}), "[2, -1, -3]"),
                Arguments.of("product above an int", IdxBytes.of(new int[] {1 << 16, 1 << 16, 1 << 30}), "below 2^31"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aDamagedFileIsRefusedByName(String damage, byte[] bytes, String found) {
        assertThatThrownBy(() -> IdxBytes.read("my-images", 3, bytes))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("'my-images'")
                .hasMessageContaining(found)
                .hasMessageContaining("fetch it again");
    }

    @Test
    void labelsInThePlaceOfImagesAreRecognized() {
        assertThatThrownBy(() -> IdxBytes.read("x", 3, IdxBytes.of(new int[] {1}, 0)))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("0x00000803 (images)")
                .hasMessageContaining("0x00000801 (labels)")
                .hasMessageContaining("swap");
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatThrownBy(() -> IdxBytes.read("picture.png", 1, new byte[] {(byte) 0x89, 'P', 'N', 'G'}))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("0x89504E47")
                .hasMessageContaining("IDX file of unsigned bytes");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("nowhere");

        assertThatThrownBy(() -> IdxFile.read(missing, 3))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("NoSuchFile");
    }
}
