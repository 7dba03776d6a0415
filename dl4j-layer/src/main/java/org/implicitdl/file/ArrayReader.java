package org.implicitdl.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The arrays of a file, read a chunk at a time into the memory in which they stay. */
final class ArrayReader {
    private final List<Object> arrays = new ArrayList<>();
    private final Map<Integer, double[]> copies = new HashMap<>();
    private final InputStream stream;
    private final ByteBuffer chunk = ByteBuffer.allocate(ArrayWriter.CHUNK)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);

    /** What is said of the first number that is NaN or infinite, if there is one. */
    private String notFinite;

    private ArrayReader(InputStream stream) {
        this.stream = stream;
    }

    /** Reads all arrays of a table. */
    static ArrayReader of(List<StoredArray> table, InputStream stream) throws IOException {
        ArrayReader reader = new ArrayReader(stream);
        for (StoredArray array : table) {
            reader.arrays.add(
                    array.type() == DataType.INT32
                            ? reader.integers(Math.toIntExact(array.length()))
                            : reader.reals(array.type(), array.length()));
        }
        return reader;
    }

    private INDArray reals(DataType type, long length) throws IOException {
        if (length == 0) {
            return Nd4j.empty(type);
        }
        INDArray array = Nd4j.createUninitialized(type, length);
        Numbers numbers = Numbers.of(array);
        for (long i = 0; i < length; i++) {
            require(type.width());
            double number = type == DataType.FLOAT ? chunk.getFloat() : chunk.getDouble();
            if (!Double.isFinite(number) && notFinite == null) {
                notFinite = "number " + i + " of array " + arrays.size() + " is " + number;
            }
            numbers.set(i, number);
        }
        return array;
    }

    private int[] integers(int length) throws IOException {
        int[] array = new int[length];
        for (int i = 0; i < length; i++) {
            require(Integer.BYTES);
            array[i] = chunk.getInt();
        }
        return array;
    }

    /**
     * Once the checksum has shown that nothing is damaged.
     *
     * @throws NonFiniteException if a number is NaN or infinite
     */
    void requireFinite() {
        if (notFinite != null) {
            throw new NonFiniteException("The weights of a model must be finite, but " + notFinite);
        }
    }

    /** Makes sure that some bytes are at hand. */
    private void require(int bytes) throws IOException {
        if (chunk.remaining() >= bytes) {
            return;
        }
        chunk.compact();
        int read = stream.readNBytes(chunk.array(), chunk.position(), chunk.remaining());
        chunk.position(chunk.position() + read).flip();
        if (chunk.remaining() < bytes) {
            throw new EOFException("the weights end early");
        }
    }

    /** An array over the numbers themselves, so that those who ask for the same numbers share them. */
    INDArray array(ArrayForm form) {
        INDArray numbers = (INDArray) arrays.get(form.array());
        long length = 1;
        for (long size : form.shape()) {
            length = Math.multiplyExact(length, size);
        }
        if (length != numbers.length()) {
            throw new IllegalArgumentException("array " + form.array() + " has " + numbers.length()
                    + " numbers, but its shape asks for " + length);
        }
        return Nd4j.create(
                numbers.data(), form.shape(), ArrayForm.strides(form.shape(), form.order()), 0, form.order());
    }

    /** Numbers as a Java array, the same one for all who ask. */
    double[] numbers(int array) {
        return copies.computeIfAbsent(array, k -> {
            INDArray numbers = (INDArray) arrays.get(k);
            return numbers.isEmpty() ? new double[0] : numbers.toDoubleVector();
        });
    }

    DataType type(int array) {
        return ((INDArray) arrays.get(array)).dataType();
    }

    int[] indices(int array) {
        return (int[]) arrays.get(array);
    }
}
