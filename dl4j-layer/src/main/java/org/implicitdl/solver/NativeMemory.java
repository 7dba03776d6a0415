package org.implicitdl.solver;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The memory of one solution outside the heap, which is given back at its end and not when the garbage collector finds
 * out. Numbers shorter than FLOAT are computed with as FLOAT.
 */
final class NativeMemory implements AutoCloseable {
    private final DataType type;
    private final List<Pointer> blocks = new ArrayList<>();

    NativeMemory(DataType type) {
        this.type = type == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    }

    /** The type that is computed with: FLOAT or DOUBLE. */
    DataType type() {
        return type;
    }

    /** Columns of unset numbers. */
    Panel panel(int rows, int columns) {
        long size = Math.max(1, (long) rows * columns) * type.width();
        Pointer block = Pointer.malloc(size);
        if (block == null || block.isNull()) {
            throw new OutOfMemoryError("The solver needs " + size + " bytes outside the heap for " + columns
                    + " columns of " + rows + " numbers, which the system refuses; solve for fewer samples at once.");
        }
        blocks.add(block);
        return Panel.at(block, type, rows, columns);
    }

    @Override
    public void close() {
        blocks.forEach(Pointer::free);
        blocks.clear();
    }
}
