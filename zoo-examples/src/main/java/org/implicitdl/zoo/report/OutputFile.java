package org.implicitdl.zoo.report;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for a result, in a folder that is made if missing, but not before there is something to write. */
public final class OutputFile {
    private final Path path;

    private OutputFile(Path path) {
        this.path = path;
    }

    /**
     * The file, after a look at whether it can be written; nothing is made yet.
     *
     * @throws UncheckedIOException if it is a folder, or its folder can be neither used nor made
     */
    public static OutputFile at(Path path) {
        if (Files.isDirectory(path)) {
            throw new UncheckedIOException(
                    "The file '" + path + "' cannot be written, because it is a folder; name a file in it, such as '"
                            + path.resolve("model.zip") + "'.",
                    new FileSystemException(path.toString()));
        }
        OutputFolder.requireUsable(path.toAbsolutePath().getParent());
        return new OutputFile(path);
    }

    /**
     * The path, whose folder is there from now on.
     *
     * @throws UncheckedIOException if the folder cannot be used
     */
    public Path inItsFolder() {
        OutputFolder.open(path.toAbsolutePath().getParent());
        return path;
    }

    /**
     * Writes the file, replacing an older one only when the new one is complete.
     *
     * @return its path
     * @throws UncheckedIOException if writing fails; an older file is then still there
     */
    public Path write(OutputFolder.Content content) {
        OutputFolder.open(path.toAbsolutePath().getParent())
                .write(path.getFileName().toString(), content);
        return path;
    }
}
