package org.implicitdl.model;

import java.util.stream.IntStream;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.LowRankOperator;
import org.implicitdl.operator.SparseOperator;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.WellPosedness;

/** A model in words. */
final class ModelSummary {
    private ModelSummary() {}

    static String of(ImplicitModel model) {
        return String.join(
                        System.lineSeparator(),
                        "implicit model: y = Cx + Du + d, x = phi(Ax + Bu + b)",
                        "  inputs p     " + model.inputs(),
                        "  states n     " + model.states() + " in blocks " + model.blocks(),
                        "  outputs q    " + model.outputs(),
                        "  parameters   " + model.parameterCount() + " of type " + model.dataType(),
                        "  A            " + model.a(),
                        "  B            " + model.b(),
                        "  C            " + model.c(),
                        "  D            " + model.d(),
                        "  phi          " + model.phi(),
                        "  well-posed   "
                                + WellPosedness.find(model.a(), model.phi())
                                        .map(Certificate::statement)
                                        .orElse("no certificate found"))
                + System.lineSeparator();
    }

    /** The number of stored entries of a matrix. */
    static long parameters(LinearOperator matrix) {
        if (matrix instanceof DenseOperator) {
            return (long) matrix.rows() * matrix.cols();
        }
        if (matrix instanceof DiagonalOperator) {
            return matrix.rows();
        }
        if (matrix instanceof SparseOperator sparse) {
            return sparse.matrix().nonzeros();
        }
        if (matrix instanceof LowRankOperator product) {
            return parameters(product.left()) + parameters(product.right());
        }
        if (matrix instanceof BlockOperator block) {
            return IntStream.range(0, block.rowBlocks().count())
                    .mapToLong(i -> IntStream.range(0, block.colBlocks().count())
                            .mapToLong(j -> parameters(block.block(i, j)))
                            .sum())
                    .sum();
        }
        return 0;
    }
}
