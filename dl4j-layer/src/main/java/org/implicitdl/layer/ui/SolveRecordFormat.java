package org.implicitdl.layer.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.implicitdl.layer.LayerReport;
import org.implicitdl.layer.SolveStatistics;

/**
 * The bytes of a {@link SolveRecord}: a version, the ids, the time, whether statistics follow, and their components in
 * order; big-endian, strings in modified UTF-8.
 */
final class SolveRecordFormat {
    private static final int VERSION = 1;

    private SolveRecordFormat() {}

    static byte[] write(SolveRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(record, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void write(SolveRecord record, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(record.getSessionID());
        out.writeUTF(record.getWorkerID());
        out.writeLong(record.getTimeStamp());
        out.writeBoolean(record.statistics().isPresent());
        if (record.statistics().isPresent()) {
            write(record.statistics().get(), out);
        }
    }

    private static void write(SolveStatistics point, DataOutput out) throws IOException {
        out.writeUTF(point.layer());
        out.writeInt(point.iteration());
        out.writeInt(point.epoch());
        LayerReport report = point.report();
        out.writeUTF(report.method());
        out.writeInt(report.samples());
        out.writeInt(report.failures());
        out.writeDouble(report.meanIterations());
        out.writeInt(report.maxIterations());
        out.writeDouble(report.worstResidual());
        out.writeDouble(report.seconds());
        out.writeDouble(report.margin());
    }

    static SolveRecord read(byte[] bytes) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The " + bytes.length + " bytes of a record of solve statistics end too early or are damaged."
                            + " Write the record again, or remove it from the storage.",
                    e);
        }
    }

    static SolveRecord read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("A record of solve statistics starts with its version, " + VERSION
                    + ", but here is " + version + ". Read it with the version of this library that wrote it.");
        }
        String session = in.readUTF();
        String worker = in.readUTF();
        long time = in.readLong();
        return in.readBoolean()
                ? SolveRecord.of(session, worker, time, readStatistics(in))
                : SolveRecord.announcing(session, worker, time);
    }

    private static SolveStatistics readStatistics(DataInput in) throws IOException {
        String layer = in.readUTF();
        int iteration = in.readInt();
        int epoch = in.readInt();
        return new SolveStatistics(layer, iteration, epoch, readReport(in));
    }

    private static LayerReport readReport(DataInput in) throws IOException {
        // Java evaluates arguments from left to right: the order of the bytes.
        return new LayerReport(
                in.readUTF(),
                in.readInt(),
                in.readInt(),
                in.readDouble(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }
}
