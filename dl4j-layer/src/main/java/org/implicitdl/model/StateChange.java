package org.implicitdl.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorAlgebra;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The same rule with another state: permuted, or scaled (§3.2). */
final class StateChange {
    private final ImplicitModel model;

    StateChange(ImplicitModel model) {
        this.model = model;
    }

    /** The rule with the state x' = (x_{order[0]}, x_{order[1]}, …). */
    ImplicitModel permuted(int[] order) {
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, IntStream.range(0, model.states()).toArray())) {
            throw new ShapeException("A permutation of " + model.states() + " states holds each of 0 to "
                    + (model.states() - 1) + " once, but " + Arrays.toString(order) + " was given.");
        }
        return blockOrder(order).map(blocks -> byBlocks(blocks, order)).orElseGet(() -> byEntries(order));
    }

    /** The order of the blocks, if the permutation moves whole blocks. */
    private Optional<int[]> blockOrder(int[] order) {
        Partition blocks = model.blocks();
        int[] moved = new int[blocks.count()];
        int place = 0;
        for (int k = 0; k < moved.length; k++) {
            moved[k] = blocks.blockOf(order[place]);
            for (int i = blocks.start(moved[k]); i < blocks.end(moved[k]); i++, place++) {
                if (place == order.length || order[place] != i) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(moved);
    }

    private ImplicitModel byBlocks(int[] blocks, int[] order) {
        Partition old = model.blocks();
        Partition in = OperatorBlocks.colsOf(model.b());
        Partition out = OperatorBlocks.rowsOf(model.c());
        int[] inputs = IntStream.range(0, in.count()).toArray();
        int[] outputs = IntStream.range(0, out.count()).toArray();
        return new ImplicitModel(
                pick(OperatorBlocks.divide(model.a(), old, old), blocks, blocks),
                pick(OperatorBlocks.divide(model.b(), old, in), blocks, inputs),
                pick(OperatorBlocks.divide(model.c(), out, old), outputs, blocks),
                model.d(),
                model.bias().permuted(order),
                model.shift(),
                BlockActivation.permuted(model.phi(), order));
    }

    private static LinearOperator pick(BlockOperator operator, int[] rows, int[] cols) {
        return BlockOperator.of(IntStream.of(rows)
                .mapToObj(i ->
                        IntStream.of(cols).mapToObj(j -> operator.block(i, j)).toList())
                .toList());
    }

    /** A permutation that tears blocks apart leaves no structure to keep: the matrices become dense. */
    private ImplicitModel byEntries(int[] order) {
        DataType type = model.dataType();
        INDArray a = model.a().toDense(type);
        return new ImplicitModel(
                DenseOperator.copyOf(rows(rows(a, order).transpose(), order).transpose()),
                DenseOperator.copyOf(rows(model.b().toDense(type), order)),
                DenseOperator.copyOf(
                        rows(model.c().toDense(type).transpose(), order).transpose()),
                model.d(),
                model.bias().permuted(order),
                model.shift(),
                BlockActivation.permuted(model.phi(), order));
    }

    private static INDArray rows(INDArray matrix, int[] order) {
        INDArray permuted = matrix.ulike();
        for (int i = 0; i < order.length; i++) {
            permuted.putRow(i, matrix.getRow(order[i]));
        }
        return permuted;
    }

    /** The rule with the state x' = Sx: A becomes SAS⁻¹, B SB, C CS⁻¹, b Sb. */
    ImplicitModel scaled(INDArray scales) {
        LinearOperator s = DiagonalOperator.copyOf(scales.castTo(model.dataType()));
        if (s.rows() != model.states()) {
            throw new ShapeException("The scaling of " + model.states() + " states needs as many numbers, but "
                    + s.rows() + " were given.");
        }
        if (scales.minNumber().doubleValue() <= 0) {
            throw new IllegalArgumentException(
                    "The scales must be positive, but the least is " + scales.minNumber() + ".");
        }
        if (!StateActivation.isPositivelyHomogeneous(model.phi())) {
            throw new IllegalArgumentException("Scaling the state leaves the rule unchanged only if phi(tz) = t phi(z)"
                    + " for t > 0, as for ReLU, leaky ReLU and the identity; " + model.phi()
                    + " is not known to be so.");
        }
        LinearOperator inverse =
                DiagonalOperator.copyOf(scales.castTo(model.dataType()).rdiv(1));
        return new ImplicitModel(
                OperatorAlgebra.product(s, OperatorAlgebra.product(model.a(), inverse)),
                OperatorAlgebra.product(s, model.b()),
                OperatorAlgebra.product(model.c(), inverse),
                model.d(),
                model.bias().times(s),
                model.shift(),
                model.phi());
    }
}
