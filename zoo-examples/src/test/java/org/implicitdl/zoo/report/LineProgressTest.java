package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    @Test
    void longWorkIsToldInTenLines() {
        assertThat(lines(1000)).hasSize(10).last().asString().startsWith("work: 1000 of 1000, ");
    }

    @Test
    void shortWorkIsToldStepByStep() {
        assertThat(lines(3)).hasSize(3).first().asString().startsWith("work: 1 of 3, ");
    }

    @Test
    void aLineSaysWhatWasDone() {
        assertThat(lines(3)).last().asString().endsWith(" s, step 2");
    }

    private static java.util.List<String> lines(int steps) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Progress progress = new LineProgress("work", steps, new PrintStream(out, true, StandardCharsets.UTF_8))) {
            for (int i = 0; i < steps; i++) {
                progress.doing("step " + i);
                progress.step();
            }
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
