package org.implicitdl.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.LowRankOperator;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.SparseOperator;
import org.implicitdl.operator.SubmatrixOperator;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonSubTypes.Type;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** A linear operator; others that it is made of, windows and sparse matrices are told by their numbers in the document. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = OperatorForm.Zero.class, name = "zero"),
    @Type(value = OperatorForm.Identity.class, name = "identity"),
    @Type(value = OperatorForm.Dense.class, name = "dense"),
    @Type(value = OperatorForm.Diagonal.class, name = "diagonal"),
    @Type(value = OperatorForm.Convolution.class, name = "convolution"),
    @Type(value = OperatorForm.Sparse.class, name = "sparse"),
    @Type(value = OperatorForm.LowRank.class, name = "lowRank"),
    @Type(value = OperatorForm.Padded.class, name = "padded"),
    @Type(value = OperatorForm.Submatrix.class, name = "submatrix"),
    @Type(value = OperatorForm.Blocks.class, name = "blocks")
})
sealed interface OperatorForm {

    /** The operator, over the arrays and the operators that were read before. */
    LinearOperator toOperator(DocumentReader parts);

    static OperatorForm of(LinearOperator operator, DocumentWriter parts) {
        if (operator instanceof ZeroOperator zero) {
            return new Zero(zero.rows(), zero.cols());
        }
        if (operator instanceof IdentityOperator identity) {
            return new Identity(identity.rows());
        }
        if (operator instanceof DenseOperator dense) {
            return new Dense(parts.arrays().add(dense.matrix()));
        }
        if (operator instanceof DiagonalOperator diagonal) {
            return new Diagonal(parts.arrays().add(diagonal.scales()), diagonal.inner());
        }
        if (operator instanceof ConvolutionOperator convolution) {
            return new Convolution(
                    parts.arrays().add(convolution.weights()),
                    parts.windows(convolution.windows()),
                    convolution.groups(),
                    convolution.isTransposed());
        }
        if (operator instanceof SparseOperator sparse) {
            return new Sparse(parts.sparse(sparse), sparse.outer(), sparse.inner());
        }
        if (operator instanceof LowRankOperator product) {
            return new LowRank(parts.operator(product.left()), parts.operator(product.right()));
        }
        if (operator instanceof PaddedOperator padded) {
            return new Padded(parts.operator(padded.core()), padded.top(), padded.left(), padded.rows(), padded.cols());
        }
        if (operator instanceof SubmatrixOperator part) {
            return new Submatrix(parts.operator(part.whole()), part.chosenRows(), part.chosenCols());
        }
        return Blocks.of((BlockOperator) operator, parts);
    }

    record Zero(int rows, int cols) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return new ZeroOperator(rows, cols);
        }
    }

    record Identity(int size) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return new IdentityOperator(size);
        }
    }

    record Dense(ArrayForm matrix) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return DenseOperator.viewOf(parts.arrays().array(matrix));
        }
    }

    record Diagonal(ArrayForm scales, int inner) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return DiagonalOperator.viewOf(parts.arrays().array(scales), inner);
        }
    }

    record Convolution(ArrayForm weights, int windows, int groups, boolean transposed) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            LinearOperator convolution =
                    ConvolutionOperator.viewOf(parts.arrays().array(weights), parts.windows(windows), groups);
            return transposed ? convolution.transpose() : convolution;
        }
    }

    record Sparse(int matrix, int outer, int inner) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return parts.sparse(matrix).repeated(outer, inner);
        }
    }

    record LowRank(int left, int right) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return LowRankOperator.of(parts.operator(left), parts.operator(right));
        }
    }

    record Padded(int core, int top, int left, int rows, int cols) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return PaddedOperator.at(parts.operator(core), top, left, rows, cols);
        }
    }

    record Submatrix(int whole, int[] rows, int[] cols) implements OperatorForm {
        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            return SubmatrixOperator.of(parts.operator(whole), rows, cols);
        }
    }

    /**
     * A matrix of blocks.
     *
     * @param rows the sizes of the rows of blocks
     * @param cols the sizes of the columns of blocks
     * @param blocks [row, column, operator] of each block that is not zero
     */
    record Blocks(int[] rows, int[] cols, List<int[]> blocks) implements OperatorForm {
        static Blocks of(BlockOperator operator, DocumentWriter parts) {
            List<int[]> blocks = new ArrayList<>();
            for (int i = 0; i < operator.rowBlocks().count(); i++) {
                int row = i;
                operator.row(i).forEach((j, block) -> blocks.add(new int[] {row, j, parts.operator(block)}));
            }
            return new Blocks(
                    DocumentWriter.sizes(operator.rowBlocks()), DocumentWriter.sizes(operator.colBlocks()), blocks);
        }

        @Override
        public LinearOperator toOperator(DocumentReader parts) {
            List<Map<Integer, LinearOperator>> all = IntStream.range(0, rows.length)
                    .<Map<Integer, LinearOperator>>mapToObj(i -> new HashMap<>())
                    .toList();
            blocks.forEach(block -> all.get(block[0]).put(block[1], parts.operator(block[2])));
            return BlockOperator.of(Partition.of(rows), Partition.of(cols), all);
        }
    }
}
