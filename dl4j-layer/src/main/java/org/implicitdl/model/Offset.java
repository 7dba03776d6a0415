package org.implicitdl.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A constant column that is added to every sample: a bias, of which nothing is stored if it is zero. */
final class Offset {
    private final int size;
    private final Optional<INDArray> column;

    private Offset(int size, Optional<INDArray> column) {
        this.size = size;
        this.column = column;
    }

    static Offset zero(int size) {
        return new Offset(size, Optional.empty());
    }

    /**
     * A copy of a vector: of rank 1, a row or a column.
     *
     * @param what the vector's name in messages
     */
    static Offset copyOf(String what, INDArray vector, int size) {
        if (!vector.isVectorOrScalar() || vector.length() != size) {
            throw new ShapeException("The " + what + " must be a vector of length " + size + ", but has the shape "
                    + Arrays.toString(vector.shape()) + ".");
        }
        NonFiniteException.check(what, vector);
        return own(vector.dup('f').reshape('f', size, 1));
    }

    private static Offset own(INDArray column) {
        NonFiniteException.check("bias", column);
        return new Offset((int) column.length(), Optional.of(column));
    }

    static Offset stack(List<Offset> parts) {
        int size = parts.stream().mapToInt(part -> part.size).sum();
        if (parts.stream().allMatch(part -> part.column.isEmpty())) {
            return zero(size);
        }
        DataType type = parts.stream().map(Offset::type).reduce(DataType.FLOAT, Offset::wider);
        return own(Nd4j.vstack(parts.stream().map(part -> part.toArray(type)).toArray(INDArray[]::new)));
    }

    int size() {
        return size;
    }

    boolean isZero() {
        return column.isEmpty();
    }

    Offset times(LinearOperator matrix) {
        return column.isEmpty() || matrix.isZero() ? zero(matrix.rows()) : own(matrix.times(column.get()));
    }

    Offset plus(Offset other) {
        if (other.column.isEmpty()) {
            return this;
        }
        if (column.isEmpty()) {
            return other;
        }
        DataType type = wider(type(), other.type());
        return own(toArray(type).addi(other.column.get().castTo(type)));
    }

    Offset permuted(int[] order) {
        if (column.isEmpty()) {
            return this;
        }
        double[] values = column.get().reshape(size).toDoubleVector();
        double[] permuted = IntStream.of(order).mapToDouble(i -> values[i]).toArray();
        return own(Nd4j.createFromArray(permuted).reshape('f', size, 1).castTo(type()));
    }

    /** The parts of the column that belong to the blocks of a partition. */
    List<Offset> split(Partition partition) {
        return column.isEmpty()
                ? IntStream.range(0, partition.count())
                        .mapToObj(i -> zero(partition.size(i)))
                        .toList()
                : partition.split(column.get()).stream()
                        .map(part -> own(part.dup('f')))
                        .toList();
    }

    /** Adds the column to every column of an array that the caller owns. */
    INDArray addTo(INDArray x) {
        return column.map(c -> x.addiColumnVector(c.castTo(x.dataType()))).orElse(x);
    }

    /** A new array [size, 1]. */
    INDArray toArray(DataType type) {
        return column.map(c -> c.dataType() == type ? c.dup('f') : c.castTo(type))
                .orElseGet(() -> Nd4j.create(type, new long[] {size, 1}, 'f'));
    }

    DataType type() {
        return column.map(INDArray::dataType).orElse(DataType.FLOAT);
    }

    static DataType wider(DataType one, DataType other) {
        return one.width() >= other.width() ? one : other;
    }
}
