package org.implicitdl.train.penalty;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;

/**
 * A penalty of its own on each of some rectangles of a matrix, and none elsewhere. On M = [A B; C D] the rectangle of B
 * and D takes the norms (19), and that of A its constraint:
 *
 * <pre>{@code
 * Penalty penalty = Parts.of(n + q, n + p)
 *         .with(0, n, 0, n, L1Ball.ofRows(0.5))
 *         .with(0, n + q, n, n + p, GroupNorm.ofColumns(5));
 * }</pre>
 */
public final class Parts implements Penalty {
    private final int rows;
    private final int cols;
    private final List<Part> parts;

    private record Part(int firstRow, int endRow, int firstCol, int endCol, Penalty penalty) {

        Matrix of(Matrix w) {
            return w.part(firstRow, endRow, firstCol, endCol);
        }

        int size() {
            return (endRow - firstRow) * (endCol - firstCol);
        }

        boolean meets(Part other) {
            return firstRow < other.endRow
                    && other.firstRow < endRow
                    && firstCol < other.endCol
                    && other.firstCol < endCol;
        }

        boolean covers(Part other) {
            return firstRow == other.firstRow
                    && endRow == other.endRow
                    && firstCol == other.firstCol
                    && endCol == other.endCol;
        }

        Part and(Part other) {
            return new Part(firstRow, endRow, firstCol, endCol, penalty.and(other.penalty));
        }

        @Override
        public String toString() {
            return penalty + " on rows " + firstRow + " to " + (endRow - 1) + " and columns " + firstCol + " to "
                    + (endCol - 1);
        }
    }

    private Parts(int rows, int cols, List<Part> parts) {
        this.rows = rows;
        this.cols = cols;
        this.parts = List.copyOf(parts);
    }

    /** No penalty yet, on a matrix of the given size. */
    public static Parts of(int rows, int cols) {
        return new Parts(rows, cols, List.of());
    }

    /**
     * The same with a penalty on the entries (i, j) with firstRow ≤ i < endRow and firstCol ≤ j < endCol.
     *
     * @throws ShapeException if the rectangle is empty, leaves the matrix, or meets that of another part
     */
    public Parts with(int firstRow, int endRow, int firstCol, int endCol, Penalty penalty) {
        Part part = new Part(firstRow, endRow, firstCol, endCol, Objects.requireNonNull(penalty, "penalty"));
        if (firstRow < 0
                || firstRow >= endRow
                || endRow > rows
                || firstCol < 0
                || firstCol >= endCol
                || endCol > cols) {
            throw new ShapeException("A part must be a rectangle inside [" + rows + ", " + cols + "], but is " + part
                    + "; the ends are exclusive.");
        }
        for (Part other : parts) {
            if (part.meets(other)) {
                throw new ShapeException("Parts must not overlap, but these do: " + other + ", and " + part
                        + "; sum penalties on the same part by and().");
            }
        }
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Parts(rows, cols, more);
    }

    /**
     * The sum by parts, if each part of the one covers a part of the other or meets none.
     *
     * @throws ShapeException if the two are for matrices of different sizes
     */
    Optional<Parts> sum(Parts other) {
        if (rows != other.rows || cols != other.cols) {
            throw new ShapeException("Penalties of parts can be summed for matrices of one size only, but one is for ["
                    + rows + ", " + cols + "] and the other for [" + other.rows + ", " + other.cols + "].");
        }
        List<Part> sum = new ArrayList<>(parts);
        for (Part added : other.parts) {
            List<Part> met = parts.stream().filter(added::meets).toList();
            if (met.isEmpty()) {
                sum.add(added);
            } else if (met.get(0).covers(added)) {
                sum.set(parts.indexOf(met.get(0)), met.get(0).and(added));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Parts(rows, cols, sum));
    }

    @Override
    public double value(Matrix w) {
        requireShape(w);
        return parts.stream()
                .mapToDouble(part -> part.penalty().value(part.of(w)))
                .sum();
    }

    /**
     * {@inheritDoc}
     *
     * @throws ShapeException if W has another shape than the one that was declared
     */
    @Override
    public Matrix prox(Matrix w, double step) {
        requireShape(w);
        Arguments.step(step);
        Arguments.finite(w);
        Matrix near = w.copy();
        parts.forEach(part -> near.write(part.penalty().prox(part.of(w), step), part.firstRow(), part.firstCol()));
        return near;
    }

    @Override
    public Matrix linearMinimizer(Matrix g) {
        requireShape(g);
        if (parts.stream().mapToInt(Part::size).sum() < rows * cols) {
            throw new UnboundedPenaltyException(this);
        }
        Matrix minimizer = Matrix.zeros(rows, cols);
        parts.forEach(
                part -> minimizer.write(part.penalty().linearMinimizer(part.of(g)), part.firstRow(), part.firstCol()));
        return minimizer;
    }

    @Override
    public boolean isMonotone() {
        return parts.stream().allMatch(part -> part.penalty().isMonotone());
    }

    private void requireShape(Matrix w) {
        if (w.rows() != rows || w.cols() != cols) {
            throw new ShapeException(
                    "The penalty is for a matrix [" + rows + ", " + cols + "], but was given a " + w + ".");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parts that && rows == that.rows && cols == that.cols && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + cols) + parts.hashCode();
    }

    @Override
    public String toString() {
        return "a matrix [" + rows + ", " + cols + "] with " + parts;
    }
}
