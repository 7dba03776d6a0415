package org.implicitdl.zoo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A file that a command reads or writes.
 *
 * @param name what the user calls it, such as an option
 * @param path where it is
 */
record NamedFile(String name, Path path) {

    /** The files that a command writes to the folder of its report, in a new list. */
    static List<NamedFile> ofReport(Path folder, List<String> files) {
        return files.stream()
                .map(file -> new NamedFile("the report", folder.resolve(file)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Makes sure that a command replaces nothing that it reads, and writes nothing twice.
     *
     * @throws ParameterException if a file that is written is one that is read, or written under another name as well
     */
    static void requireApart(CommandLine line, List<NamedFile> read, List<NamedFile> written) {
        for (int i = 0; i < written.size(); i++) {
            NamedFile target = written.get(i);
            for (NamedFile source : read) {
                if (target.isSameAs(source)) {
                    throw new ParameterException(
                            line,
                            target.name + " would replace " + source.name + ": '" + target.path + "' and '"
                                    + source.path + "' are the same file; name another one");
                }
            }
            for (NamedFile other : written.subList(0, i)) {
                if (target.isSameAs(other)) {
                    throw new ParameterException(
                            line,
                            other.name + " and " + target.name + " would write the same file, '" + target.path
                                    + "'; name two");
                }
            }
        }
    }

    private boolean isSameAs(NamedFile other) {
        try {
            return Files.exists(path) && Files.exists(other.path)
                    ? Files.isSameFile(path, other.path)
                    : real(path).equals(real(other.path));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The files '" + path + "' and '" + other.path + "' cannot be looked at (" + e.getMessage()
                            + "); name others.",
                    e);
        }
    }

    /** The path without links, of which the last parts need not be there. */
    private static Path real(Path path) throws IOException {
        Path whole = path.toAbsolutePath().normalize();
        Path there = whole;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(whole));
    }
}
