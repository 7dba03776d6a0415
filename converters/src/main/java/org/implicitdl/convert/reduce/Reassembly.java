package org.implicitdl.convert.reduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.SubmatrixOperator;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A reduced model put together again, in the blocks of the original: a block that nothing was changed of is the
 * original's own operator.
 */
final class Reassembly {
    private static final double NEARLY_EMPTY = 0.1;

    private final ImplicitModel original;
    private final SparseModel reduced;
    private final DataType type;

    Reassembly(ImplicitModel original, SparseModel reduced) {
        this.original = original;
        this.reduced = reduced;
        this.type = original.dataType();
    }

    /**
     * A division of the rows or columns that are left of a matrix.
     *
     * @param originals the blocks of the original that they are of
     * @param numbers which rows or columns of each of these they are
     */
    private record Division(Partition blocks, int[] originals, List<int[]> numbers) {

        static Division whole(Partition partition) {
            return left(partition, IntStream.range(0, partition.total()).toArray());
        }

        /** The blocks of a partition of the original states that hold states which stayed. */
        static Division left(Partition partition, int[] origins) {
            Map<Integer, int[]> numbers = new TreeMap<>();
            for (int from = 0, to; from < origins.length; from = to) {
                int block = partition.blockOf(origins[from]);
                int start = partition.start(block);
                to = from;
                while (to < origins.length && origins[to] < partition.end(block)) {
                    to++;
                }
                numbers.put(
                        block,
                        Arrays.stream(origins, from, to).map(i -> i - start).toArray());
            }
            return new Division(
                    Partition.of(numbers.values().stream()
                            .mapToInt(left -> left.length)
                            .toArray()),
                    numbers.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    List.copyOf(numbers.values()));
        }
    }

    ImplicitModel model() {
        int n = reduced.states();
        if (n == 0) {
            return withoutStates();
        }
        int[] origins = reduced.origins();
        return biased(ImplicitModel.of(
                operator(original.a(), left(original.a(), origins, true), left(original.a(), origins, false), 0, 0),
                operator(original.b(), left(original.b(), origins, true), columns(original.b()), 0, n),
                operator(original.c(), rows(original.c()), left(original.c(), origins, false), n, 0),
                operator(original.d(), rows(original.d()), columns(original.d()), n, n),
                reduced.phi()));
    }

    private ImplicitModel withoutStates() {
        return biased(ImplicitModel.of(
                new ZeroOperator(1, 1),
                new ZeroOperator(1, original.inputs()),
                new ZeroOperator(original.outputs(), 1),
                operator(original.d(), rows(original.d()), columns(original.d()), 0, 0),
                Activations.identity()));
    }

    private static Division rows(LinearOperator operator) {
        return Division.whole(OperatorBlocks.rowsOf(operator));
    }

    private static Division columns(LinearOperator operator) {
        return Division.whole(OperatorBlocks.colsOf(operator));
    }

    private static Division left(LinearOperator operator, int[] origins, boolean isByRows) {
        Partition partition = isByRows ? OperatorBlocks.rowsOf(operator) : OperatorBlocks.colsOf(operator);
        return Division.left(partition, origins);
    }

    /** The part of M from a row and a column on, in blocks. */
    private LinearOperator operator(LinearOperator old, Division rows, Division columns, int top, int left) {
        BlockOperator divided = OperatorBlocks.divide(old, OperatorBlocks.rowsOf(old), OperatorBlocks.colsOf(old));
        List<List<LinearOperator>> blocks = new ArrayList<>();
        for (int i = 0; i < rows.blocks().count(); i++) {
            List<LinearOperator> row = new ArrayList<>();
            for (int j = 0; j < columns.blocks().count(); j++) {
                SparseMatrix entries = reduced.matrix()
                        .slice(
                                top + rows.blocks().start(i),
                                top + rows.blocks().end(i),
                                left + columns.blocks().start(j),
                                left + columns.blocks().end(j));
                row.add(block(
                        divided.block(rows.originals()[i], columns.originals()[j]),
                        rows.numbers().get(i),
                        columns.numbers().get(j),
                        entries));
            }
            blocks.add(row);
        }
        boolean single = blocks.size() == 1 && blocks.get(0).size() == 1;
        return single ? blocks.get(0).get(0) : BlockOperator.of(blocks);
    }

    /** The old block, or its part, if these are its entries: a convolution has far fewer weights than nonzeros. */
    private LinearOperator block(LinearOperator old, int[] rows, int[] columns, SparseMatrix entries) {
        if (entries.nonzeros() == 0) {
            return new ZeroOperator(rows.length, columns.length);
        }
        boolean isWhole = old.rows() == rows.length && old.cols() == columns.length;
        if (isWhole || isConvolution(old) && !isNearlyEmpty(old, entries)) {
            LinearOperator part = SubmatrixOperator.of(old, rows, columns);
            if (SparseMatrix.of(part).equals(entries)) {
                return part;
            }
        }
        return entries.toOperator(type);
    }

    private static boolean isConvolution(LinearOperator operator) {
        return operator instanceof ConvolutionOperator
                || operator instanceof PaddedOperator padded && padded.core() instanceof ConvolutionOperator;
    }

    /** Whether so little is left that it takes less time alone. */
    private static boolean isNearlyEmpty(LinearOperator old, SparseMatrix entries) {
        return entries.nonzeros() < NEARLY_EMPTY * SparseMatrix.of(old).nonzeros();
    }

    private ImplicitModel biased(ImplicitModel model) {
        INDArray bias = bias(0, reduced.states());
        INDArray shift = bias(reduced.states(), reduced.matrix().rows());
        ImplicitModel biased =
                bias.length() == 0 || bias.amaxNumber().doubleValue() == 0 ? model : model.withStateBias(bias);
        return shift.amaxNumber().doubleValue() == 0 ? biased : biased.withOutputBias(shift);
    }

    private INDArray bias(int from, int to) {
        return reduced.matrix()
                .slice(from, to, reduced.constant(), reduced.constant() + 1)
                .toMatrix()
                .toArray(type);
    }
}
