package org.implicitdl.zoo.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.implicitdl.file.WholeFile;

/** A folder for results, in which a file is either whole or not there. */
public final class OutputFolder {
    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    /** Writes the content of one file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content to the stream, which is closed by the caller. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Opens the folder, made with its parents where missing, and makes sure that it can be written.
     *
     * @throws UncheckedIOException saying why the folder cannot be used
     */
    public static OutputFolder open(Path path) {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, ".probe", ".tmp"));
            return new OutputFolder(path);
        } catch (FileAlreadyExistsException e) {
            throw refused(path, "'" + e.getFile() + "' is a file", e);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
            throw refused(path, reason == null ? "it can be neither made nor written" : reason, e);
        }
    }

    /**
     * Refuses a folder that {@link #open} would refuse, as far as can be told without making it: for use before long work.
     *
     * @throws UncheckedIOException saying why the folder cannot be used
     */
    public static void requireUsable(Path path) {
        Path nearest = path.toAbsolutePath();
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest == null) {
            throw refused(path, "there is no such file system", new FileSystemException(path.toString()));
        }
        if (!Files.isDirectory(nearest)) {
            throw refused(path, "'" + nearest + "' is a file", new FileSystemException(path.toString()));
        }
        if (!Files.isWritable(nearest)) {
            throw refused(
                    path, "nothing can be written to '" + nearest + "'", new FileSystemException(path.toString()));
        }
    }

    private static UncheckedIOException refused(Path path, String reason, IOException cause) {
        return new UncheckedIOException(
                "Results cannot be written to the folder '" + path + "' (" + reason + "); choose another folder.",
                cause);
    }

    /**
     * Writes a file, replacing an older one only when the new one is complete.
     *
     * @return the path of the file
     * @throws UncheckedIOException if writing fails; an older file is then still there
     */
    public Path write(String name, Content content) {
        Path target = path.resolve(name);
        WholeFile.write(target, content::writeTo);
        return target;
    }

    /** Writes a text file in UTF-8, as {@link #write(String, Content)} does. */
    public Path write(String name, String text) {
        return write(name, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
