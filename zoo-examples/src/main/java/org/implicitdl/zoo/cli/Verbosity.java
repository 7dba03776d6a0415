package org.implicitdl.zoo.cli;

import picocli.CommandLine.Option;

/** The option that every command has. It is read before parsing: loggers must be configured before any exists. */
final class Verbosity {
    @Option(names = "--verbose", description = "Show what ND4J and DL4J log, and stack traces of errors.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }
}
