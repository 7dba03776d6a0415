package org.implicitdl.train;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.implicitdl.file.WholeFile;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * A file for the state of a training: a mark, the version of the format, the length of the content, the content, and its
 * CRC-32C. A write that is interrupted leaves the file that was there before.
 *
 * @param path in a folder that exists
 * @param every after how many passes over all samples the file is written again, at least 1
 */
record CheckpointFile(Path path, int every) {
    private static final byte[] MARK = "implicitdl training\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 3;
    private static final int FRAME = MARK.length + Integer.BYTES + Long.BYTES;

    /** @throws IllegalArgumentException if the number of passes is not positive */
    CheckpointFile {
        if (every < 1) {
            throw new IllegalArgumentException(
                    "A checkpoint is written after every so many sweeps, at least 1, but not after " + every + ".");
        }
    }

    /**
     * Refuses a place for the file where none can be, before there is anything to lose.
     *
     * @throws CheckpointException if the file is a folder, or its own folder is not there or cannot be written to
     */
    void requirePlace() {
        if (Files.isDirectory(path)) {
            throw new CheckpointException("The checkpoint '" + path + "' is a folder; name a file in it.");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException("There is no folder '" + folder + "' for the checkpoint '"
                    + path.getFileName() + "'; create it, or choose another place.");
        }
        if (!Files.isWritable(folder)) {
            throw new CheckpointException("The folder '" + folder + "' for the checkpoint '" + path.getFileName()
                    + "' cannot be written to; change its permissions, or choose another place.");
        }
    }

    /** Writes what is put into the writer. */
    void write(Consumer<StateWriter> content) {
        StateWriter writer = new StateWriter();
        content.accept(writer);
        byte[] state = writer.bytes();
        WholeFile.write(path, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.write(MARK);
            out.writeInt(VERSION);
            out.writeLong(state.length);
            out.write(state);
            out.writeLong(checksum(ByteBuffer.wrap(state)));
            out.flush();
        });
    }

    /**
     * The content, which is whole.
     *
     * @throws CheckpointException if there is no such file, it is none of a training, or it is damaged
     */
    StateReader read() {
        ByteBuffer file = ByteBuffer.wrap(bytes());
        byte[] mark = new byte[Math.min(MARK.length, file.remaining())];
        file.get(mark);
        if (!Arrays.equals(mark, MARK)) {
            throw new CheckpointException("The file '" + path
                    + "' is no checkpoint of a training; name the file that BcdTrainer.Builder.checkpoint was given.");
        }
        if (file.limit() < FRAME) {
            throw damaged("it ends after " + file.limit() + " bytes");
        }
        int version = file.getInt();
        if (version != VERSION) {
            throw new CheckpointException("The checkpoint '" + path + "' is of version " + version
                    + " of the format, but this software reads version " + VERSION
                    + "; go on with that which wrote it.");
        }
        long length = file.getLong();
        if (length < 0 || length != file.remaining() - Long.BYTES) {
            throw damaged(
                    length + " bytes of content were written, but " + (file.remaining() - Long.BYTES) + " are there");
        }
        ByteBuffer content = file.slice(file.position(), (int) length);
        if (checksum(content.duplicate()) != file.getLong(file.limit() - Long.BYTES)) {
            throw damaged("its checksum is wrong");
        }
        return new StateReader(content);
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new CheckpointException(
                    "There is no checkpoint '" + path + "' to go on from; call fit to begin a training.", e);
        } catch (IOException e) {
            throw new CheckpointException("The checkpoint '" + path + "' cannot be read: " + e + ".", e);
        }
    }

    private CheckpointException damaged(String how) {
        return new CheckpointException("The checkpoint '" + path + "' is damaged: " + how
                + "; go on from a copy of it, or call fit to begin again.");
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
