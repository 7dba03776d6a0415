package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.implicitdl.zoo.report.Printable;
import picocli.CommandLine;

/** What a command says on its standard output. */
record Messages(CommandLine line) {

    /** Says something at once. */
    void say(String pattern, Object... arguments) {
        PrintWriter out = line.getOut();
        out.print(Printable.linesOf(String.format(Locale.ROOT, pattern, arguments)));
        out.flush();
    }

    /** Waits for who wants to look at something that closes then; a script does not. */
    void keepOpen(String what) {
        if (System.console() != null) {
            say("%n%s stays open until you press Enter.%n", what);
            System.console().readLine();
        }
    }
}
