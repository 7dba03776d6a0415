package org.implicitdl.convert.reduce;

import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Whether a reduced model is well-posed. A solution of the original solves the reduced model by construction; it is the
 * only one if every component of the reduced model has a certificate of its own (Theorem 1).
 */
final class CycleCheck {
    private CycleCheck() {}

    static boolean isCertified(SparseModel model) {
        Dependencies graph = Dependencies.of(model);
        return graph.components().stream()
                .filter(component -> graph.isCyclic(component[0]))
                .allMatch(component -> isCertified(model, component));
    }

    private static boolean isCertified(SparseModel model, int[] component) {
        SparseMatrix columns = model.matrix().rows(component).transpose().rows(component);
        DenseOperator block =
                DenseOperator.copyOf(columns.transpose().toMatrix().toArray(DataType.DOUBLE));
        return WellPosedness.find(block, model.maps().keep(component).join()).isPresent();
    }
}
