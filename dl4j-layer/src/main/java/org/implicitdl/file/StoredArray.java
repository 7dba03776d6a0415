package org.implicitdl.file;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Numbers in {@code weights.bin}, which holds one array after the other, little-endian.
 *
 * @param type FLOAT, DOUBLE or INT32
 * @param length how many
 */
record StoredArray(DataType type, long length) {
    long bytes() {
        return Math.multiplyExact(length, (long) type.width());
    }
}
