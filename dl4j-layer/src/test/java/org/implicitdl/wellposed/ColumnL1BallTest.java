package org.implicitdl.wellposed;

import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

class ColumnL1BallTest extends ConvexSetContract {

    @Override
    ConvexSet set() {
        return new ColumnL1Ball(0.95);
    }

    @Override
    boolean holds(INDArray a) {
        return DenseOperator.copyOf(a).norm1() <= 0.95;
    }

    @Override
    Matrix slowProjection(Matrix a) {
        return RowL1BallTest.byBisection(a.transpose()).transpose();
    }
}
