package org.implicitdl.model;

import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.OperatorAlgebra;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The closed loop u = v + Kŷ. Its output solves (I − DK)ŷ = Cx + Dv + d; with E = (I − DK)⁻¹ the rule for the new input
 * v has the matrices A + BKEC, B(I + KED), EC, ED, and the biases b + BKEd, Ed.
 */
final class Feedback {
    private Feedback() {}

    static ImplicitModel close(ImplicitModel model, LinearOperator k) {
        if (k.rows() != model.inputs() || k.cols() != model.outputs()) {
            throw new ShapeException("The feedback K maps outputs to inputs: it must be [" + model.inputs() + ", "
                    + model.outputs() + "], but is " + k + ".");
        }
        LinearOperator e = inverse(OperatorAlgebra.product(model.d(), k));
        LinearOperator c = OperatorAlgebra.product(e, model.c());
        LinearOperator d = OperatorAlgebra.product(e, model.d());
        Offset shift = model.shift().times(e);
        LinearOperator bk = OperatorAlgebra.product(model.b(), k);
        return new ImplicitModel(
                OperatorAlgebra.sum(model.a(), OperatorAlgebra.product(bk, c)),
                OperatorAlgebra.sum(model.b(), OperatorAlgebra.product(bk, d)),
                c,
                d,
                model.bias().plus(shift.times(bk)),
                shift,
                model.phi());
    }

    /** (I − M)⁻¹. */
    private static LinearOperator inverse(LinearOperator m) {
        if (m.isZero()) {
            return new IdentityOperator(m.rows());
        }
        DataType type = OperatorAlgebra.typeOf(m);
        Matrix dk = Matrix.copyOf(m.toDense(DataType.DOUBLE));
        Matrix loop = Matrix.identity(m.rows());
        for (int i = 0; i < loop.values().length; i++) {
            loop.values()[i] -= dk.values()[i];
        }
        double[] singular = Lapack.svd(loop).singularValues();
        double least = singular[singular.length - 1];
        double rounding = (type == DataType.DOUBLE ? 0x1p-52 : 0x1p-23) * m.rows() * (1 + dk.frobeniusNorm());
        if (least <= rounding) {
            throw new IllegalArgumentException("The loop cannot be closed: I - DK must be invertible, but its least"
                    + " singular value is " + least + ", no more than rounding (" + rounding
                    + "); scale the feedback K, or feed back through a model without D.");
        }
        return DenseOperator.copyOf(
                Lapack.leastSquares(loop, Matrix.identity(m.rows())).toArray(type));
    }
}
