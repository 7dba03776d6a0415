package org.implicitdl.zoo.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A file that is to be read. */
public final class InputFile {
    private InputFile() {}

    /**
     * Makes sure that there is one.
     *
     * @param refusal makes what is thrown from the message
     */
    public static void require(Path file, Function<String, ? extends RuntimeException> refusal) {
        if (Files.isDirectory(file)) {
            throw refusal.apply("'" + file + "' is a folder, but a file is read here; name a file in it.");
        }
        if (!Files.isRegularFile(file)) {
            throw refusal.apply("There is no file '" + file + "'; check its name.");
        }
    }
}
