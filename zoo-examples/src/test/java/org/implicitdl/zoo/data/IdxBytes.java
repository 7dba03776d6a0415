package org.implicitdl.zoo.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Made-up IDX files. */
final class IdxBytes {
    private IdxBytes() {}

    /** A file with the magic number of so many dimensions and their sizes, then the values. */
    static byte[] of(int[] shape, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
        buffer.putInt(0x0800 + shape.length);
        for (int size : shape) {
            buffer.putInt(size);
        }
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.array();
    }

    static byte[] gzipped(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static IdxFile read(String name, int dimensions, byte[] bytes) {
        return IdxFile.read(name, new ByteArrayInputStream(bytes), dimensions);
    }
}
