package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class PreparedTest {
    private static void assertStandard(INDArray columns) {
        for (int j = 0; j < columns.columns(); j++) {
            INDArray column = columns.getColumn(j);
            assertThat(column.meanNumber().doubleValue()).isCloseTo(0, within(1e-9));
            assertThat(column.norm2Number().doubleValue() / Math.sqrt(column.length()))
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void trainingRowsHaveMeanZeroAndDeviationOneAndClassesStayAsTheyAre() {
        TableData data = NamedTable.WINE.data();
        Split split = data.holdingOut(0.2, 1);
        Prepared prepared = Prepared.of(data, split);

        assertStandard(prepared.train().getFeatures());
        assertThat(prepared.train().getLabels()).isEqualTo(data.labels(split.train()));
        assertThat(prepared.heldOut().getLabels()).isEqualTo(data.labels(split.heldOut()));
    }

    @Test
    void heldOutRowsAreNormalizedByTheTrainingRows() {
        TableData data = NamedTable.WINE.data();
        Split split = data.holdingOut(0.2, 1);
        Prepared prepared = Prepared.of(data, split);
        INDArray train = prepared.transform().apply(data.table(), split.train());
        INDArray heldOut = prepared.transform().apply(data.table(), split.heldOut());
        INDArray expected = heldOut.subRowVector(train.mean(0)).divRowVector(train.std(false, 0));

        assertThat(prepared.heldOut().getFeatures().equalsWithEps(expected, 1e-9))
                .isTrue();
    }

    @Test
    void theLabelsOfARegressionAreNormalizedAndComeBack() {
        TableData data = NamedTable.DIABETES.data();
        Split split = data.holdingOut(0.2, 1);
        Prepared prepared = Prepared.of(data, split);
        assertStandard(prepared.train().getLabels());

        DataSet heldOut = prepared.heldOut();
        INDArray labels = heldOut.getLabels().dup();
        prepared.normalizer().revertLabels(labels);

        assertThat(labels.equalsWithEps(data.labels(split.heldOut()), 1e-9)).isTrue();
    }
}
