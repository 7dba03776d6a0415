package org.implicitdl.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are either whole or not there: each is written beside its place and moved when complete. Half a file that an
 * interruption leaves beside its place is deleted when the JVM ends.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content of one file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content to the stream, which is closed by the caller. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes a file, replacing an older one only when the new one is complete.
     *
     * @param target the file, in a folder that exists
     * @throws UncheckedIOException if writing fails; an older file is then still there
     */
    public static void write(Path target, Content content) {
        // Not by createTempFile, whose files only their owner may read.
        Path unfinished = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            unfinished.toFile().deleteOnExit();
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                content.writeTo(stream);
            }
            move(unfinished, target);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file '" + target + "' could not be written (" + reason(e) + "); choose another place.", e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    private static String reason(IOException e) {
        // The message of a missing folder is its name alone.
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // The first failure is the one to report; this file is hidden, and deleted when the JVM ends.
        }
    }
}
