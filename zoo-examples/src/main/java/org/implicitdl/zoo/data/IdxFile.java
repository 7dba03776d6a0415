package org.implicitdl.zoo.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * The content of an IDX file, the format of MNIST: an array of unsigned bytes. The file starts with two zero bytes, the
 * type (8) and the number of dimensions; their sizes follow as big-endian integers, then the values, the last dimension
 * running fastest.
 *
 * @param name where it was read from, for messages
 * @param shape the size of each dimension, all positive
 * @param values as many as the product of the sizes; not copied
 */
record IdxFile(String name, List<Integer> shape, byte[] values) {
    private static final int UNSIGNED_BYTES = 0x0800;
    private static final String DAMAGED = "; the file is damaged or was not copied whole: fetch it again.";

    /** Reads a file, gzipped or plain, told apart by its first bytes and not by its name. */
    static IdxFile read(Path file, int dimensions) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(file.toString(), stream, dimensions);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param name of the source, for messages
     * @param dimensions how many there must be: 3 for images, 1 for labels
     * @throws DataFileException if it is not such a file, ends too early, or goes on after its values
     */
    static IdxFile read(String name, InputStream stream, int dimensions) {
        try {
            DataInputStream data = new DataInputStream(Gzip.unpacked(stream));
            checkMagic(name, data.readInt(), dimensions);
            List<Integer> shape = new ArrayList<>();
            for (int i = 0; i < dimensions; i++) {
                shape.add(data.readInt());
            }
            int length = length(name, shape);
            byte[] values = data.readNBytes(length);
            if (values.length < length) {
                throw new DataFileException("'" + name + "' must hold " + length + " values for its shape " + shape
                        + ", but ends after " + values.length + DAMAGED);
            }
            if (data.read() >= 0) {
                throw new DataFileException("'" + name + "' must end after the " + length + " values of its shape "
                        + shape + ", but goes on" + DAMAGED);
            }
            return new IdxFile(name, List.copyOf(shape), values);
        } catch (EOFException | ZipException e) {
            throw new DataFileException(
                    "'" + name + "' ends or breaks off too early (" + e.getMessage() + ")" + DAMAGED, e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static void checkMagic(String name, int magic, int dimensions) {
        if (magic != UNSIGNED_BYTES + dimensions) {
            throw new DataFileException("'" + name + "' must start with " + what(UNSIGNED_BYTES + dimensions)
                    + ", but starts with " + what(magic)
                    + "; give an IDX file of unsigned bytes, plain or gzipped, and do not swap images and labels.");
        }
    }

    private static String what(int magic) {
        return String.format("0x%08X", magic)
                + switch (magic - UNSIGNED_BYTES) {
                    case 1 -> " (labels)";
                    case 3 -> " (images)";
                    default -> "";
                };
    }

    private static int length(String name, List<Integer> shape) {
        long length = 1;
        for (int size : shape) {
            length = size <= 0 || length > Integer.MAX_VALUE ? -1 : length * size;
        }
        // Arrays may end some elements below the largest integer.
        if (length <= 0 || length > Integer.MAX_VALUE - 8) {
            throw new DataFileException(
                    "'" + name + "' must have positive sizes with a product below 2^31, but has " + shape + DAMAGED);
        }
        return (int) length;
    }

    private static DataFileException unreadable(String name, IOException cause) {
        return new DataFileException(
                "'" + name + "' cannot be read (" + cause.getClass().getSimpleName() + "); check that the file is there"
                        + " and may be read.",
                cause);
    }
}
