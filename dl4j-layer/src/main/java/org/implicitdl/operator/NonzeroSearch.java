package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the nonzeros of an operator. Of an operator that says nothing of its entries, they are looked for in its
 * products with unit vectors, some columns at a time, so that no dense matrix is ever put together.
 */
final class NonzeroSearch {
    private static final long MOST_ENTRIES = 1L << 30;
    private static final int SLAB = 1 << 21;

    private final LinearOperator operator;
    private final SparseEntries found;
    private long seen;

    NonzeroSearch(LinearOperator operator) {
        this.operator = operator;
        this.found = new SparseEntries(operator.rows(), operator.cols());
    }

    SparseMatrix run() {
        search(operator, 0, 0);
        return found.toMatrix();
    }

    private void search(LinearOperator part, int top, int left) {
        if (part.isZero()) {
            return;
        }
        if (part instanceof BlockOperator block) {
            for (int i = 0; i < block.rowBlocks().count(); i++) {
                for (int j = 0; j < block.colBlocks().count(); j++) {
                    search(
                            block.block(i, j),
                            top + block.rowBlocks().start(i),
                            left + block.colBlocks().start(j));
                }
            }
        } else if (part instanceof PaddedOperator padded) {
            search(padded.core(), top + padded.top(), left + padded.left());
        } else if (part instanceof SparseOperator sparse) {
            add(sparse.matrix(), top, left);
        } else if (part instanceof SubmatrixOperator chosen) {
            add(chosen.entries(), top, left);
        } else if (part instanceof ConvolutionOperator convolution) {
            if (found.size() + convolution.nonzeros() > SparseMatrix.MOST_NONZEROS) {
                throw tooMany();
            }
            convolution.addEntries((row, column, value) -> add(top + row, left + column, value));
        } else if (part instanceof IdentityOperator || part instanceof DiagonalOperator) {
            INDArray diagonal = part.times(Nd4j.ones(DataType.DOUBLE, part.cols(), 1));
            for (int i = 0; i < part.rows(); i++) {
                add(top + i, left + i, diagonal.getDouble(i));
            }
        } else {
            searchEntries(part, top, left);
        }
    }

    private void add(SparseMatrix matrix, int top, int left) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int k = matrix.start(i); k < matrix.end(i); k++) {
                add(top + i, left + matrix.column(k), matrix.value(k));
            }
        }
    }

    private void searchEntries(LinearOperator part, int top, int left) {
        seen += (long) part.rows() * part.cols();
        if (seen > MOST_ENTRIES) {
            throw new TooLargeException(
                    "The nonzeros of " + size() + " are looked for one by one, but it has more than " + MOST_ENTRIES
                            + " entries that may be nonzero; work on blocks of it, or on a smaller model.");
        }
        int width = Math.max(1, SLAB / part.rows());
        for (int from = 0; from < part.cols(); from += width) {
            int to = Math.min(part.cols(), from + width);
            double[] columns = columns(part, from, to);
            for (int j = from; j < to; j++) {
                for (int i = 0; i < part.rows(); i++) {
                    add(top + i, left + j, columns[i + (j - from) * part.rows()]);
                }
            }
        }
    }

    /** Columns of the matrix, one after another. */
    private static double[] columns(LinearOperator part, int from, int to) {
        if (part instanceof DenseOperator && from == 0 && to == part.cols()) {
            return Matrix.copyOf(part.toDense(DataType.DOUBLE)).values();
        }
        INDArray units = Nd4j.create(DataType.DOUBLE, new long[] {part.cols(), to - from}, 'f');
        for (int j = from; j < to; j++) {
            units.putScalar(j, j - from, 1);
        }
        return Matrix.copyOf(part.times(units)).values();
    }

    private void add(int i, int j, double value) {
        found.add(i, j, value);
        if (found.size() > SparseMatrix.MOST_NONZEROS) {
            throw tooMany();
        }
    }

    /** Without its blocks, of which there may be hundreds. */
    private String size() {
        return "a matrix [" + operator.rows() + ", " + operator.cols() + "]";
    }

    private TooLargeException tooMany() {
        return new TooLargeException("The nonzeros of " + size() + " are held one by one, but there are more than "
                + SparseMatrix.MOST_NONZEROS + "; work on blocks of it, or on a smaller model.");
    }
}
