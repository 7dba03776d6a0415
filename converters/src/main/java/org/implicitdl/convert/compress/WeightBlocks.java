package org.implicitdl.convert.compress;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.LowRankOperator;
import org.implicitdl.operator.SparseMatrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The blocks of A, B, C and D that hold coefficients: all but zeros and identities, which are structure. */
final class WeightBlocks {
    private WeightBlocks() {}

    static void forEach(ImplicitModel model, Consumer<LinearOperator> action) {
        map(model, block -> {
            action.accept(block);
            return block;
        });
    }

    /** The model with other blocks of the same sizes, and the same biases. */
    static ImplicitModel map(ImplicitModel model, UnaryOperator<LinearOperator> change) {
        ImplicitModel changed = ImplicitModel.of(
                map(model.a(), change),
                map(model.b(), change),
                map(model.c(), change),
                map(model.d(), change),
                model.phi());
        DataType type = model.dataType();
        INDArray bias = model.stateBias(type);
        INDArray shift = model.outputBias(type);
        // A bias of zeros is better left out: it would be stored and added.
        ImplicitModel biased = bias.amaxNumber().doubleValue() == 0 ? changed : changed.withStateBias(bias);
        return shift.amaxNumber().doubleValue() == 0 ? biased : biased.withOutputBias(shift);
    }

    private static LinearOperator map(LinearOperator operator, UnaryOperator<LinearOperator> change) {
        if (operator.isZero() || operator instanceof IdentityOperator) {
            return operator;
        }
        if (!(operator instanceof BlockOperator block)) {
            return change.apply(operator);
        }
        return BlockOperator.of(IntStream.range(0, block.rowBlocks().count())
                .mapToObj(i -> IntStream.range(0, block.colBlocks().count())
                        .mapToObj(j -> map(block.block(i, j), change))
                        .toList())
                .toList());
    }

    /** All of them. */
    static Stream<LinearOperator> of(ImplicitModel model) {
        Stream.Builder<LinearOperator> blocks = Stream.builder();
        forEach(model, blocks);
        return blocks.build();
    }

    /** The number of their nonzeros; those of the two factors, of a block that has such. */
    static long connections(ImplicitModel model) {
        return of(model).mapToLong(WeightBlocks::connections).sum();
    }

    private static long connections(LinearOperator block) {
        return block instanceof LowRankOperator product
                ? connections(product.left()) + connections(product.right())
                : SparseMatrix.of(block).nonzeros();
    }
}
