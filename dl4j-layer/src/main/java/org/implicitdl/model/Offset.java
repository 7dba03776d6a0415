package org.implicitdl.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A constant column that is added to every sample: a bias. It is kept in pieces, of which one that is zero stores
 * nothing, and one that repeats a number for every point of a channel stores it once. Immutable.
 */
public final class Offset {
    private final List<Piece> pieces;
    private final int size;

    /**
     * Consecutive components: numbers, each repeated {@code inner} times, or {@code inner} zeros if there are none.
     *
     * @param numbers the numbers, which must not be changed
     * @param inner how often each is repeated
     * @param type the type in which they are stored
     */
    public record Piece(double[] numbers, int inner, DataType type) {
        /** Zeros by structure. */
        public static Piece zeros(int size) {
            return new Piece(new double[0], size, DataType.FLOAT);
        }

        /** Whether this is zeros by structure. */
        public boolean isZero() {
            return numbers.length == 0;
        }

        int size() {
            return (isZero() ? 1 : numbers.length) * inner;
        }
    }

    private Offset(List<Piece> pieces) {
        this.pieces = pieces;
        this.size = pieces.stream().mapToInt(Piece::size).sum();
    }

    /** Zeros. */
    public static Offset zero(int size) {
        return new Offset(List.of(Piece.zeros(size)));
    }

    /**
     * A copy of a vector, each of whose numbers is repeated.
     *
     * @param vector of rank 1, a row or a column
     * @param inner how many components follow each other with the same number
     * @throws ShapeException if it is no vector, or {@code inner} is not positive
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static Offset repeated(INDArray vector, int inner) {
        if (!vector.isVectorOrScalar() || inner < 1) {
            throw new ShapeException("A bias is a vector whose numbers are each taken at least once, but the array has"
                    + " the shape " + Arrays.toString(vector.shape()) + ", to be taken " + inner + " times.");
        }
        return own(vector, inner);
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
        return own(vector, 1);
    }

    private static Offset own(INDArray numbers, int inner) {
        NonFiniteException.check("bias", numbers);
        return new Offset(
                List.of(new Piece(numbers.reshape(numbers.length()).toDoubleVector(), inner, numbers.dataType())));
    }

    /**
     * The column of consecutive pieces.
     *
     * @throws ShapeException if there is none, or numbers are to be taken less than once
     */
    public static Offset of(List<Piece> pieces) {
        if (pieces.isEmpty() || pieces.stream().anyMatch(piece -> piece.inner() < 1)) {
            throw new ShapeException(
                    "A bias needs at least one piece, each of whose numbers is taken at least once, but" + " there are "
                            + pieces.size() + " pieces.");
        }
        return new Offset(List.copyOf(pieces));
    }

    /** The pieces, one after the other; cannot be changed. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** One after the other. */
    public static Offset stack(List<Offset> parts) {
        return new Offset(parts.stream().flatMap(part -> part.pieces.stream()).toList());
    }

    /** The same among zeros. */
    public Offset among(int above, int below) {
        List<Piece> all = new ArrayList<>();
        if (above > 0) {
            all.add(Piece.zeros(above));
        }
        all.addAll(pieces);
        if (below > 0) {
            all.add(Piece.zeros(below));
        }
        return new Offset(List.copyOf(all));
    }

    /** The number of components. */
    public int size() {
        return size;
    }

    /** Whether every component is zero by structure. */
    public boolean isZero() {
        return pieces.stream().allMatch(Piece::isZero);
    }

    /** The number of stored numbers. */
    public long parameterCount() {
        return pieces.stream().mapToLong(piece -> piece.numbers().length).sum();
    }

    /** The product with a matrix. */
    public Offset times(LinearOperator matrix) {
        return isZero() || matrix.isZero() ? zero(matrix.rows()) : own(matrix.times(toArray(type())), 1);
    }

    /** The sum. */
    public Offset plus(Offset other) {
        if (other.isZero()) {
            return this;
        }
        if (isZero()) {
            return other;
        }
        DataType type = wider(type(), other.type());
        if (pieces.size() == 1
                && other.pieces.size() == 1
                && first().inner() == other.first().inner()) {
            double[] sums = first().numbers().clone();
            Arrays.setAll(sums, i -> sums[i] + other.first().numbers()[i]);
            return own(Nd4j.createFromArray(sums).castTo(type), first().inner());
        }
        return own(toArray(type).addi(other.toArray(type)), 1);
    }

    private Piece first() {
        return pieces.get(0);
    }

    Offset permuted(int[] order) {
        if (isZero()) {
            return this;
        }
        double[] values = toArray(DataType.DOUBLE).reshape(size).toDoubleVector();
        double[] permuted = IntStream.of(order).mapToDouble(i -> values[i]).toArray();
        return own(Nd4j.createFromArray(permuted).castTo(type()), 1);
    }

    /** The parts of the column that belong to the blocks of a partition. */
    public List<Offset> split(Partition partition) {
        List<Offset> parts = new ArrayList<>();
        INDArray all = null;
        int next = 0;
        int at = 0;
        for (int i = 0; i < partition.count(); i++) {
            List<Piece> own = new ArrayList<>();
            while (next < pieces.size() && at + pieces.get(next).size() <= partition.end(i)) {
                if (at >= partition.start(i)) {
                    own.add(pieces.get(next));
                }
                at += pieces.get(next++).size();
            }
            Offset whole = new Offset(List.copyOf(own));
            if (whole.size != partition.size(i)) {
                // A piece lies across the border of the block.
                all = all == null ? toArray(type()) : all;
                whole = cut(all, partition, i);
            }
            parts.add(whole);
        }
        return parts;
    }

    private Offset cut(INDArray all, Partition partition, int i) {
        return isZero() ? zero(partition.size(i)) : own(partition.part(all, i).dup(), 1);
    }

    /** Adds the column to every column of an array that the caller owns. */
    INDArray addTo(INDArray x) {
        if (!isZero()) {
            Panel panel = Panel.into(x);
            fill(panel, true);
        }
        return x;
    }

    /** Sets every column of an array that the caller owns, with columns without gaps. */
    void fill(INDArray x) {
        Panel panel = Panel.into(x);
        // The first column number by number, the others as copies of it.
        fill(new Panel(panel.numbers(), panel.stride(), size, 1), false);
        for (int s = 1; s < panel.samples(); s++) {
            panel.numbers().copy(panel.start(s), panel.numbers(), panel.start(0), size);
        }
    }

    private void fill(Panel x, boolean add) {
        int at = 0;
        for (Piece piece : pieces) {
            if (!piece.isZero() || !add) {
                fill(piece, x, at, add);
            }
            at += piece.size();
        }
    }

    private static void fill(Piece piece, Panel x, int at, boolean add) {
        double[] values = piece.isZero() ? new double[1] : piece.numbers();
        Numbers target = x.numbers();
        for (int s = 0; s < x.samples(); s++) {
            long place = x.start(s) + at;
            for (double value : values) {
                for (int i = 0; i < piece.inner(); i++, place++) {
                    target.set(place, add ? target.get(place) + value : value);
                }
            }
        }
    }

    /** A new array [size, 1]. */
    public INDArray toArray(DataType type) {
        INDArray column = Nd4j.createUninitialized(type, new long[] {size, 1}, 'f');
        fill(column);
        return column;
    }

    /** The widest type in which a number is stored; FLOAT if there is none. */
    public DataType type() {
        return pieces.stream().map(Piece::type).reduce(DataType.FLOAT, Offset::wider);
    }

    static DataType wider(DataType one, DataType other) {
        return one.width() >= other.width() ? one : other;
    }
}
