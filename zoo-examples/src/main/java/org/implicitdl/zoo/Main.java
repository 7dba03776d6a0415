package org.implicitdl.zoo;

import org.implicitdl.zoo.cli.CommandLineRunner;

/** The entry point of {@code implicit.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(CommandLineRunner.run(args));
    }
}
