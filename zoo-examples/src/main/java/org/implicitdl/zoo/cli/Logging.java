package org.implicitdl.zoo.cli;

/** Decides what ND4J, DL4J and other libraries may say; must run before the first logger is made. */
final class Logging {
    private Logging() {}

    /**
     * Sets the levels of slf4j-simple, unless the user has set them as system properties.
     *
     * @param verbose whether libraries' DEBUG lines are shown; otherwise only their errors are
     */
    static void configure(boolean verbose) {
        setIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : "error");
        setIfAbsent("slf4j.internal.verbosity", verbose ? "INFO" : "ERROR");
        // JLine, of the progress bar, says through java.util.logging that a pipe is not a terminal.
        java.util.logging.Logger.getLogger("org.jline")
                .setLevel(verbose ? java.util.logging.Level.FINE : java.util.logging.Level.OFF);
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
