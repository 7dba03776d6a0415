package org.implicitdl.zoo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A folder like MNIST's with images of 2 by 5 pixels: the pixel that is the class is bright, the others dim and noisy, so
 * that a classifier can be right about all of them.
 */
public final class MadeUpMnist {
    private static final int CLASSES = 10;
    private static final int SEED = 20;

    private MadeUpMnist() {}

    /** Writes the four files, under MNIST's own names, as they are. */
    public static Path write(Path folder, int train, int test) {
        return write(folder, train, test, name -> name, bytes -> bytes);
    }

    static Path write(Path folder, int train, int test, UnaryOperator<String> naming, UnaryOperator<byte[]> packing) {
        Random random = new Random(SEED);
        writePart(folder, "train", train, random, naming, packing);
        writePart(folder, "t10k", test, random, naming, packing);
        return folder;
    }

    private static void writePart(
            Path folder,
            String part,
            int count,
            Random random,
            UnaryOperator<String> naming,
            UnaryOperator<byte[]> packing) {
        int[] pixels = random.ints((long) count * CLASSES, 0, 60).toArray();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
            pixels[i * CLASSES + labels[i]] = 255;
        }
        try {
            Files.write(
                    folder.resolve(naming.apply(part + "-images-idx3-ubyte")),
                    packing.apply(IdxBytes.of(new int[] {count, 2, 5}, pixels)));
            Files.write(
                    folder.resolve(naming.apply(part + "-labels-idx1-ubyte")),
                    packing.apply(IdxBytes.of(new int[] {count}, labels)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
