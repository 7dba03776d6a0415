package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Columns of embeddings, gathered instead of multiplied by one-hot inputs: where a model reads an input u of indices by a
 * matrix W ⊗ I alone, it computes the same from the input v = (W ⊗ I)u. A one-hot u of a large vocabulary would be many
 * times larger than all else.
 */
final class LookUp {
    private final Port port;
    /** The embeddings that read the indices, mostly one, each the matrix W [n_out, vocabulary] of its place. */
    private final List<LinearOperator> readers = new ArrayList<>();

    private final List<INDArray> tables = new ArrayList<>();

    private LookUp(Port port) {
        this.port = port;
    }

    /** The model for looked up columns; empty if it reads indices in another way. */
    static Optional<Feed> feed(ImplicitModel model, List<Port> inputs, DataType type) {
        Partition in = Partition.of(
                inputs.stream().mapToInt(port -> port.shape().size()).toArray());
        BlockOperator b = OperatorBlocks.divide(model.b(), OperatorBlocks.rowsOf(model.b()), in);
        BlockOperator d = OperatorBlocks.divide(model.d(), OperatorBlocks.rowsOf(model.d()), in);
        Map<Integer, LookUp> lookUps = new HashMap<>();
        for (int k = 0; k < inputs.size(); k++) {
            if (inputs.get(k).indices()) {
                LookUp lookUp = new LookUp(inputs.get(k));
                if (!lookUp.readAll(b, k) || !lookUp.readAll(d, k) || lookUp.tables.isEmpty()) {
                    return Optional.empty();
                }
                lookUps.put(k, lookUp);
            }
        }
        Partition width = Partition.of(IntStream.range(0, inputs.size())
                .map(k -> lookUps.containsKey(k) ? lookUps.get(k).size() : in.size(k))
                .toArray());
        List<UnaryOperator<INDArray>> each =
                new ArrayList<>(Readers.of(inputs, type).each());
        lookUps.forEach((k, lookUp) -> each.set(k, lookUp::columns));
        return Optional.of(new Feed(
                new Readers(List.copyOf(each)),
                ImplicitModel.of(
                        model.a(),
                        replaced(b, width, lookUps),
                        model.c(),
                        replaced(d, width, lookUps),
                        model.bias(),
                        model.shift(),
                        model.phi())));
    }

    /** Takes note of all that reads an input, or tells that something else than an embedding does. */
    private boolean readAll(BlockOperator matrix, int k) {
        return IntStream.range(0, matrix.rowBlocks().count())
                .mapToObj(matrix::row)
                .filter(row -> row.containsKey(k))
                .allMatch(row -> read(core(row.get(k))));
    }

    private boolean read(LinearOperator reader) {
        if (readers.contains(reader)) {
            return true;
        }
        Optional<INDArray> table = reader.cols() == port.shape().size() ? table(reader) : Optional.empty();
        table.ifPresent(w -> {
            readers.add(reader);
            tables.add(w);
        });
        return table.isPresent();
    }

    private static LinearOperator core(LinearOperator block) {
        return block instanceof PaddedOperator padded ? padded.core() : block;
    }

    private Optional<INDArray> table(LinearOperator reader) {
        if (reader instanceof DenseOperator dense && port.shape().points() == 1) {
            return Optional.of(dense.matrix());
        }
        boolean isPointwise = reader instanceof ConvolutionOperator convolution
                && convolution.windows().isPointwise()
                && !convolution.isTransposed()
                && convolution.groups() == 1;
        return isPointwise
                ? Optional.of(((ConvolutionOperator) reader).weights()).map(w -> w.reshape('c', w.size(0), w.size(1)))
                : Optional.empty();
    }

    private int size() {
        return readers.stream().mapToInt(LinearOperator::rows).sum();
    }

    /** The same matrix for looked up columns. */
    private static BlockOperator replaced(BlockOperator matrix, Partition width, Map<Integer, LookUp> lookUps) {
        List<Map<Integer, LinearOperator>> rows = new ArrayList<>();
        for (int i = 0; i < matrix.rowBlocks().count(); i++) {
            Map<Integer, LinearOperator> row = new HashMap<>(matrix.row(i));
            lookUps.forEach((k, lookUp) -> row.computeIfPresent(k, (same, block) -> lookUp.replaced(block)));
            rows.add(row);
        }
        return BlockOperator.of(matrix.rowBlocks(), width, rows);
    }

    private LinearOperator replaced(LinearOperator block) {
        LinearOperator reader = core(block);
        int place = readers.indexOf(reader);
        int left = readers.subList(0, place).stream()
                .mapToInt(LinearOperator::rows)
                .sum();
        int top = block instanceof PaddedOperator padded ? padded.top() : 0;
        return PaddedOperator.at(new IdentityOperator(reader.rows()), top, left, block.rows(), size());
    }

    /** What the embeddings make of indices [m, points], [size, m]. */
    private INDArray columns(INDArray features) {
        int[] indices = port.indexes(features);
        INDArray[] parts =
                tables.stream().map(table -> gathered(table, indices)).toArray(INDArray[]::new);
        return parts.length == 1 ? parts[0] : Nd4j.concat(0, parts).dup('f');
    }

    private INDArray gathered(INDArray table, int[] indices) {
        int points = port.shape().points();
        int samples = indices.length / points;
        INDArray rows = Nd4j.pullRows(table.transpose(), 1, indices, 'c');
        if (points == 1) {
            return rows.transpose();
        }
        return rows.reshape('c', samples, points, table.rows())
                .permute(0, 2, 1)
                .dup('c')
                .reshape('c', samples, (long) points * table.rows())
                .transpose();
    }
}
