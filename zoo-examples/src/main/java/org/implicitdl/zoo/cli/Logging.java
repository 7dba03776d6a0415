package org.implicitdl.zoo.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Decides what ND4J, DL4J and other libraries may say; must run before the first logger is made. */
final class Logging {
    // What speaks through java.util.logging: the progress bar's JLine, that a pipe is not a terminal; the training UI's
    // Vert.x, that a busy machine keeps it waiting. Held here, since java.util.logging forgets loggers that nobody
    // holds.
    private static final List<Logger> CHATTY = List.of(Logger.getLogger("org.jline"), Logger.getLogger("io.vertx"));

    private Logging() {}

    /**
     * Sets the levels of slf4j-simple, unless the user has set them as system properties.
     *
     * @param verbose whether libraries' DEBUG lines are shown; otherwise only their errors are
     */
    static void configure(boolean verbose) {
        setIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : "error");
        setIfAbsent("slf4j.internal.verbosity", verbose ? "INFO" : "ERROR");
        CHATTY.forEach(logger -> logger.setLevel(verbose ? Level.FINE : Level.OFF));
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
