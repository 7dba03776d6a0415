package org.implicitdl.zoo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where images come from: what is shipped, and MNIST in a folder of the user's. */
public final class ImageData {
    private static final int DIGITS = 10;
    private static final int DIGITS_WHITE = 16;
    private static final int MNIST_WHITE = 255;
    private static final int ONE_IN_TEST = 5;
    private static final int ONE_IN_VALIDATION = 10;

    private ImageData() {}

    /** The 1,797 UCI digits, 8 by 8 pixels of 0 to 16, in the order of their file. */
    public static ImageSet digits() {
        return shipped("digits", DIGITS_WHITE);
    }

    /**
     * The UCI digits: 359 for the test, 143 for validation, 1,295 for training, which ones decided
     * by the seed.
     */
    public static ImageSplit digits(long seed) {
        return ImageSplit.holdingOut("UCI digits", ONE_IN_VALIDATION, ONE_IN_TEST, digits(), seed);
    }

    /**
     * The first images of MNIST, 28 by 28 pixels: 1,000 of its test set, and 4,000 of its training set, of which the seed
     * decides which 400 are for validation.
     */
    public static ImageSplit mnistSubset(long seed) {
        return ImageSplit.holdingOut(
                "a small part of MNIST",
                ONE_IN_VALIDATION,
                shipped("mnist-train", MNIST_WHITE),
                shipped("mnist-t10k", MNIST_WHITE),
                seed);
    }

    /**
     * MNIST in a folder: {@code train-images-idx3-ubyte} and so on, also with a dot for the second hyphen, also with
     * {@code .gz}. The seed decides which tenth of the training set is for validation.
     *
     * @throws DataFileException if a file is missing or damaged
     */
    public static ImageSplit mnist(Path folder, long seed) {
        if (Files.isRegularFile(folder)) {
            throw new DataFileException("'" + folder + "' is a file, but images are read from a folder, which holds"
                    + " MNIST's four files; name the folder.");
        }
        return ImageSplit.holdingOut("MNIST", ONE_IN_VALIDATION, mnist(folder, "train"), mnist(folder, "t10k"), seed);
    }

    private static ImageSet mnist(Path folder, String part) {
        return ImageSet.of(
                IdxFile.read(find(folder, part + "-images", "idx3-ubyte"), 3),
                IdxFile.read(find(folder, part + "-labels", "idx1-ubyte"), 1),
                DIGITS,
                MNIST_WHITE);
    }

    private static Path find(Path folder, String start, String end) {
        String name = start + "-" + end;
        return List.of(name, name + ".gz", start + "." + end, start + "." + end + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () -> new DataFileException("The folder '" + folder + "' must hold MNIST's four files, but '"
                                + name + "' is not there" + (Files.isDirectory(folder) ? "" : ", nor the folder itself")
                                + "; put the file there, plain or as '" + name + ".gz', or name another folder."));
    }

    private static ImageSet shipped(String name, int white) {
        return ImageSet.of(
                shipped(name + "-images-idx3-ubyte.gz", "images", 3),
                shipped(name + "-labels-idx1-ubyte.gz", "labels", 1),
                DIGITS,
                white);
    }

    private static IdxFile shipped(String resource, String what, int dimensions) {
        try (InputStream stream = ImageData.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new DataFileException("The shipped " + what + " '" + resource
                        + "' are not on the class path; build the project again.");
            }
            return IdxFile.read(resource, stream, dimensions);
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped " + what + " '" + resource + "' could not be closed.", e);
        }
    }
}
