package org.implicitdl.train.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads what a {@link StateWriter} wrote, in the same order.
 *
 * <p>All methods throw an {@link IllegalStateException} where something else was written.
 */
public final class StateReader {
    private final ByteBuffer bytes;

    public StateReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A count. */
    public int count() {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw tooShort(e);
        }
    }

    /** One number. */
    public double number() {
        try {
            return bytes.getDouble();
        } catch (BufferUnderflowException e) {
            throw tooShort(e);
        }
    }

    /** Numbers. */
    public double[] vector() {
        double[] values = new double[checked(count(), Double.BYTES)];
        bytes.asDoubleBuffer().get(values);
        bytes.position(bytes.position() + values.length * Double.BYTES);
        return values;
    }

    /** A matrix. */
    public Matrix matrix() {
        int rows = count();
        double[] values = vector();
        if (rows < 1 || values.length % rows != 0) {
            throw new IllegalStateException(values.length + " numbers are no matrix of " + rows + " rows.");
        }
        return new Matrix(rows, values.length / rows, values);
    }

    /** The numbers of an array, written into one of the same shape. */
    public void into(INDArray array) {
        double[] values = vector();
        if (values.length != array.length()) {
            throw new IllegalStateException(
                    "An array of " + array.length() + " numbers was expected, but there are " + values.length + ".");
        }
        array.assign(Nd4j.createFromArray(values).castTo(array.dataType()).reshape('f', array.shape()));
    }

    /** A text. */
    public String text() {
        byte[] text = new byte[checked(count(), 1)];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private int checked(int count, int size) {
        if (count < 0 || (long) count * size > bytes.remaining()) {
            throw new IllegalStateException(
                    count + " entries of " + size + " bytes do not fit into the " + bytes.remaining() + " left.");
        }
        return count;
    }

    private static IllegalStateException tooShort(BufferUnderflowException e) {
        return new IllegalStateException("There is nothing left to read.", e);
    }
}
