package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;

/** Runs commands about networks in a folder, and keeps what they say. */
final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path folder;

    Terminal(Path folder) {
        this.folder = folder;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    int run(String... arguments) {
        return CommandLineRunner.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** Runs {@code convert}, whose results go to a folder of their own. */
    int convert(Path model, String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "convert",
                                model.toString(),
                                "--report",
                                results().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    int convert(Model network, String... more) throws IOException {
        Path file = folder.resolve("network.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        return convert(file, more);
    }

    private Path results() {
        return folder.resolve("results");
    }

    void assertDone(int code, String... parts) {
        assertThat(code).as(err()).isZero();
        assertThat(out()).contains(parts);
    }

    /** One line says why, and nothing was written. */
    void assertRefused(int code, String... parts) {
        assertThat(code).isEqualTo(1);
        assertThat(err().lines()).hasSize(1);
        assertThat(err()).contains(parts);
        assertThat(results()).doesNotExist();
    }
}
