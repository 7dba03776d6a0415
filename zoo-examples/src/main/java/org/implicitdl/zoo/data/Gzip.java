package org.implicitdl.zoo.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files that may be gzipped or plain, told apart by their first bytes and not by their names. */
public final class Gzip {
    private static final int MAGIC = 0x1f8b;

    private Gzip() {}

    /**
     * The content of a stream, unpacked if it is gzipped.
     *
     * @throws IOException if the stream cannot be read, or is gzipped and damaged
     */
    public static InputStream unpacked(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream);
        buffered.mark(2);
        int first = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return first == MAGIC ? new GZIPInputStream(buffered) : buffered;
    }
}
