package org.implicitdl.layer.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.implicitdl.layer.SolveStatistics;
import org.junit.jupiter.api.Test;

class SolveRecordTest {
    private static final SolveStatistics SOLVE = Points.point("équilibre", 7, Double.NaN, Double.POSITIVE_INFINITY);
    private static final SolveRecord RECORD = SolveRecord.of("session", "worker", 1234567890123L, SOLVE);

    @Test
    void aRecordSurvivesItsBytes() {
        SolveRecord copy = new SolveRecord();
        copy.decode(RECORD.encode());

        assertSame(copy);
        assertThat(RECORD.encodingLengthBytes()).isEqualTo(RECORD.encode().length);
    }

    @Test
    void aRecordSurvivesABuffer() {
        ByteBuffer buffer = ByteBuffer.allocate(RECORD.encodingLengthBytes());
        RECORD.encode(buffer);
        SolveRecord copy = new SolveRecord();
        copy.decode(buffer.flip());

        assertSame(copy);
    }

    @Test
    void aRecordSurvivesAStream() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RECORD.encode(out);
        SolveRecord copy = new SolveRecord();
        copy.decode(new ByteArrayInputStream(out.toByteArray()));

        assertSame(copy);
    }

    @Test
    void aRecordSurvivesJavaSerialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(RECORD);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertSame((SolveRecord) in.readObject());
        }
    }

    @Test
    void anAnnouncementHasNoStatistics() {
        SolveRecord copy = new SolveRecord();
        copy.decode(SolveRecord.announcing("session", "worker", 5).encode());

        assertThat(copy.getSessionID()).isEqualTo("session");
        assertThat(copy.statistics()).isEmpty();
    }

    @Test
    void everyPrefixOfTheBytesIsRefused() {
        byte[] bytes = RECORD.encode();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> new SolveRecord().decode(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The " + length + " bytes of a record of solve statistics end too early");
        }
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        byte[] bytes = RECORD.encode();
        bytes[0] = 9;

        assertThatThrownBy(() -> new SolveRecord().decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("starts with its version, 1, but here is 9");
    }

    private static void assertSame(SolveRecord copy) {
        assertThat(copy.getSessionID()).isEqualTo("session");
        assertThat(copy.getWorkerID()).isEqualTo("worker");
        assertThat(copy.getTypeID()).isEqualTo(SolveRecord.TYPE_ID);
        assertThat(copy.getTimeStamp()).isEqualTo(1234567890123L);
        assertThat(copy.statistics()).contains(SOLVE);
    }
}
