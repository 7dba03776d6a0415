package org.implicitdl.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Reasons are words, not names of classes. */
class ReasonTest {
    @Test
    void theEndOfAFileIsSaid() {
        assertThat(Reason.of(new RuntimeException(new RuntimeException(new EOFException()))))
                .isEqualTo("it ends too early");
    }

    @Test
    void theInnermostWordsAreTaken() {
        assertThat(Reason.of(new RuntimeException(new IOException("bad header\nat line 3"))))
                .isEqualTo("bad header");
        assertThat(Reason.of(new RuntimeException("java.lang.IllegalStateException: java.io.IOException: bad header")))
                .isEqualTo("bad header");
        assertThat(Reason.of(new RuntimeException("no weights", new IllegalStateException())))
                .isEqualTo("no weights");
    }

    @Test
    void withoutWordsThereIsAReasonAllTheSame() {
        assertThat(Reason.of(new RuntimeException(new NullPointerException())))
                .isEqualTo("its content is not what it should be");
    }
}
