package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands, and keeps what the last one printed. */
final class Console {
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return CommandLineRunner.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** What a command that must succeed prints. */
    String succeed(String... arguments) {
        int code = run(arguments);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }

    /** The one line that a command prints which must fail. */
    String fail(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString();
    }

    /** The one line that a command prints which is used wrongly. */
    String misuse(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString();
    }
}
