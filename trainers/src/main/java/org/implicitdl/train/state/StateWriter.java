package org.implicitdl.train.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes numbers with all their bits into memory, to be read in the same order by a {@link StateReader}. */
public final class StateWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What was written. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /** A count. */
    public void count(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** One number. */
    public void number(double value) {
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }

    /** Numbers, with their count. */
    public void vector(double[] values) {
        count(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
        bytes.asDoubleBuffer().put(values);
        out.writeBytes(bytes.array());
    }

    /** A matrix, with its shape. */
    public void matrix(Matrix matrix) {
        count(matrix.rows());
        vector(matrix.values());
    }

    /** The numbers of an array of FLOAT or DOUBLE, column by column; its shape is the reader's to know. */
    public void array(INDArray array) {
        vector(array.dup('f').data().asDouble());
    }

    /** A text. */
    public void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        count(bytes.length);
        out.writeBytes(bytes);
    }
}
