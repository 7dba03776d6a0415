package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class StrictBlockUpperTriangularTest extends ConvexSetContract {
    private static final Partition BLOCKS = Partition.of(2, 1, 4);

    @Override
    ConvexSet set() {
        return new StrictBlockUpperTriangular(BLOCKS);
    }

    @Override
    boolean holds(INDArray a) {
        Certificate found = WellPosedness.certify(DenseOperator.copyOf(a), Phi.relu());
        return found.condition() == Condition.TRIANGULAR && found.margin() == 1;
    }

    @Override
    Matrix slowProjection(Matrix a) {
        Matrix masked = a.copy();
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.cols(); j++) {
                if (BLOCKS.blockOf(i) >= BLOCKS.blockOf(j)) {
                    masked.set(i, j, 0);
                }
            }
        }
        return masked;
    }

    @Test
    void theSizeMustBeThatOfThePartition() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> set().project(Nd4j.zeros(DataType.DOUBLE, 7, 6)))
                .withMessageContaining("[7, 7]")
                .withMessageContaining("[7, 6]");
    }

    @Test
    void hugeEntriesMayStay() {
        INDArray a = Nd4j.zeros(DataType.DOUBLE, 7, 7);
        a.get(NDArrayIndex.interval(0, 2), NDArrayIndex.interval(2, 7)).assign(1e308);
        assertThat(set().contains(a)).isTrue();
        assertThat(set().project(a)).isEqualTo(a);
    }
}
