package org.implicitdl.layer.ui;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.deeplearning4j.core.storage.Persistable;
import org.implicitdl.layer.SolveStatistics;

/**
 * What one solve of a layer looked like, as the storages of the training UI keep and send it. A record without
 * statistics announces a session: storages list the sessions and workers of such records alone.
 *
 * <p>Storages make records by the constructor without arguments and {@link #decode}; nothing else changes one.
 */
public final class SolveRecord implements Persistable, Externalizable {
    /** The type under which storages file these records. */
    public static final String TYPE_ID = "ImplicitLayerSolve";

    private static final long serialVersionUID = 1;

    private String sessionId = "";
    private String workerId = "";
    private long timeStamp;
    private SolveStatistics statistics;

    /** An empty record, to decode into. */
    public SolveRecord() {}

    private SolveRecord(String sessionId, String workerId, long timeStamp, SolveStatistics statistics) {
        this.sessionId = sessionId;
        this.workerId = workerId;
        this.timeStamp = timeStamp;
        this.statistics = statistics;
    }

    /** The announcement of a session. */
    static SolveRecord announcing(String sessionId, String workerId, long timeStamp) {
        return new SolveRecord(sessionId, workerId, timeStamp, null);
    }

    /**
     * The record of one solve.
     *
     * @param timeStamp milliseconds since 1970, different for each record of a worker: storages use it as the key
     */
    static SolveRecord of(String sessionId, String workerId, long timeStamp, SolveStatistics statistics) {
        return new SolveRecord(sessionId, workerId, timeStamp, statistics);
    }

    /** The statistics; empty if the record announces a session. */
    public Optional<SolveStatistics> statistics() {
        return Optional.ofNullable(statistics);
    }

    @Override
    public String getSessionID() {
        return sessionId;
    }

    @Override
    public String getTypeID() {
        return TYPE_ID;
    }

    @Override
    public String getWorkerID() {
        return workerId;
    }

    @Override
    public long getTimeStamp() {
        return timeStamp;
    }

    @Override
    public int encodingLengthBytes() {
        return encode().length;
    }

    @Override
    public byte[] encode() {
        return SolveRecordFormat.write(this);
    }

    @Override
    public void encode(ByteBuffer buffer) {
        buffer.put(encode());
    }

    @Override
    public void encode(OutputStream out) throws IOException {
        SolveRecordFormat.write(this, new DataOutputStream(out));
    }

    /** @throws IllegalArgumentException if the bytes are none of a record, or cut short */
    @Override
    public void decode(byte[] bytes) {
        become(SolveRecordFormat.read(bytes));
    }

    /** @throws IllegalArgumentException if the bytes are none of a record, or cut short */
    @Override
    public void decode(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        decode(bytes);
    }

    @Override
    public void decode(InputStream in) throws IOException {
        become(SolveRecordFormat.read(new DataInputStream(in)));
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        byte[] bytes = encode();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        decode(bytes);
    }

    private void become(SolveRecord other) {
        sessionId = other.sessionId;
        workerId = other.workerId;
        timeStamp = other.timeStamp;
        statistics = other.statistics;
    }
}
