package org.implicitdl.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of a file being collected, each once, and written at the end; nothing is copied. */
final class ArrayWriter {
    static final int CHUNK = 1 << 16;

    private final List<StoredArray> table = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<Memory, Integer> byMemory = new HashMap<>();
    private final Map<double[], Integer> byNumbers = new IdentityHashMap<>();

    /** Puts one number of an array into a chunk of bytes. */
    @FunctionalInterface
    private interface Source {
        void put(long i, ByteBuffer chunk);
    }

    /** Where an array lies: a matrix and its transpose may be two views of the same numbers. */
    private record Memory(long address, long length, DataType type) {
        static Memory of(INDArray array) {
            Pointer start = array.data().addressPointer();
            return new Memory(
                    start.address() + start.position() * array.dataType().width(), array.length(), array.dataType());
        }
    }

    ArrayForm add(INDArray array) {
        char order = array.ordering();
        if (!ArrayForm.isStored(array, order)) {
            order = order == 'f' ? 'c' : 'f';
        }
        if (!ArrayForm.isStored(array, order)) {
            return add(array.dup('f'));
        }
        int index = byMemory.computeIfAbsent(Memory.of(array), memory -> add(memory.type, memory.length, reals(array)));
        return new ArrayForm(index, array.shape(), order);
    }

    private static Source reals(INDArray array) {
        Numbers numbers = numbers(array);
        return array.dataType() == DataType.FLOAT
                ? (i, chunk) -> chunk.putFloat((float) finite(numbers.get(i)))
                : (i, chunk) -> chunk.putDouble(finite(numbers.get(i)));
    }

    private static Numbers numbers(INDArray array) {
        try {
            return Numbers.of(array);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Weights are stored as FLOAT or DOUBLE, but one of the model's arrays is of type "
                            + array.dataType() + "; convert a network of one of these types.",
                    e);
        }
    }

    /** Numbers that are exact in a type. */
    int add(double[] numbers, DataType type) {
        return byNumbers.computeIfAbsent(
                numbers,
                all -> add(
                        type,
                        all.length,
                        type == DataType.FLOAT
                                ? (i, chunk) -> chunk.putFloat((float) finite(all[(int) i]))
                                : (i, chunk) -> chunk.putDouble(finite(all[(int) i]))));
    }

    int add(int length, IntUnaryOperator numbers) {
        return add(DataType.INT32, length, (i, chunk) -> chunk.putInt(numbers.applyAsInt((int) i)));
    }

    private int add(DataType type, long length, Source source) {
        table.add(new StoredArray(type, length));
        sources.add(source);
        return table.size() - 1;
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NonFiniteException("A model to be stored must hold finite numbers, but one of its weights is "
                    + number + "; look at where it was computed.");
        }
        return number;
    }

    List<StoredArray> table() {
        return table;
    }

    /** Writes all numbers, a chunk at a time. */
    void writeTo(OutputStream stream) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < sources.size(); k++) {
            StoredArray array = table.get(k);
            for (long i = 0; i < array.length(); i++) {
                if (chunk.remaining() < array.type().width()) {
                    flush(chunk, stream);
                }
                sources.get(k).put(i, chunk);
            }
        }
        flush(chunk, stream);
    }

    private static void flush(ByteBuffer chunk, OutputStream stream) throws IOException {
        stream.write(chunk.array(), 0, chunk.position());
        chunk.clear();
    }
}
