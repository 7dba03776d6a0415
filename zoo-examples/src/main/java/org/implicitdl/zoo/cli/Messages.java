package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** What a command says on its standard output. */
record Messages(CommandLine line) {

    /** Says something at once. */
    void say(String pattern, Object... arguments) {
        PrintWriter out = line.getOut();
        out.printf(Locale.ROOT, pattern, arguments);
        out.flush();
    }
}
