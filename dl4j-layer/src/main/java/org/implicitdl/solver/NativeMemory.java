package org.implicitdl.solver;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The memory of one solution outside the heap, which is given back at its end and not when the garbage collector finds
 * out. It is taken in blocks for many panels: the system keeps one large block at hand for the next solution, but takes
 * many small ones back and clears them anew. Numbers shorter than FLOAT are computed with as FLOAT.
 */
final class NativeMemory implements AutoCloseable {
    /** Panels begin at multiples of a cache line. */
    private static final long LINE = 64;

    private final DataType type;
    private final List<Pointer> blocks = new ArrayList<>();
    private final long blockSize;
    private BytePointer free;
    private long left;

    /** @param numbers how many numbers will be needed, as far as is known */
    NativeMemory(DataType type, long numbers) {
        this.type = type == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        this.blockSize = numbers * this.type.width() + 16 * LINE;
    }

    /** The type that is computed with: FLOAT or DOUBLE. */
    DataType type() {
        return type;
    }

    /** Columns of unset numbers. */
    Panel panel(int rows, int columns) {
        long size = ((long) rows * columns * type.width() / LINE + 1) * LINE;
        if (size > left) {
            take(Math.max(size + LINE, blockSize));
        }
        Panel panel = Panel.at(free, type, rows, columns);
        skip(size);
        return panel;
    }

    private void take(long size) {
        Pointer block = Pointer.malloc(size);
        if (block == null || block.isNull()) {
            throw new OutOfMemoryError("The solver needs " + size + " bytes outside the heap, which the system refuses;"
                    + " solve for fewer samples at once.");
        }
        blocks.add(block);
        free = new BytePointer(block);
        left = size;
        skip((LINE - block.address() % LINE) % LINE);
    }

    private void skip(long size) {
        free = free.getPointer(size);
        left -= size;
    }

    @Override
    public void close() {
        blocks.forEach(Pointer::free);
        blocks.clear();
        left = 0;
    }
}
