package org.implicitdl.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** All samples of an iterator in one data set, with their masks. */
public final class MergedBatches {
    private MergedBatches() {}

    /**
     * The samples of an iterator, which is reset first if it can be.
     *
     * @throws IllegalArgumentException if the iterator gives nothing
     * @throws ShapeException if batches differ in their widths, or one holds no labels or not as many as features
     */
    public static DataSet of(DataSetIterator iterator) {
        if (iterator.resetSupported()) {
            iterator.reset();
        }
        List<DataSet> batches = new ArrayList<>();
        while (iterator.hasNext()) {
            batches.add(TrainingData.next(iterator));
        }
        if (batches.isEmpty()) {
            throw new IllegalArgumentException("The iterator gives no data set to train on"
                    + (iterator.resetSupported() ? "." : "; it cannot be reset and may have been read before."));
        }
        batches.forEach(TrainingData::requireComplete);
        DataSet first = batches.get(0);
        if (batches.size() == 1) {
            return first;
        }
        for (DataSet batch : batches) {
            requireSameWidth("features", first.getFeatures(), batch.getFeatures());
            requireSameWidth("labels", first.getLabels(), batch.getLabels());
        }
        return DataSet.merge(batches);
    }

    private static void requireSameWidth(String what, INDArray first, INDArray other) {
        if (first.rank() != other.rank() || first.rank() > 1 && first.size(1) != other.size(1)) {
            throw new ShapeException("All batches of an iterator must be of one width, but one has " + what
                    + " of the shape " + Arrays.toString(first.shape()) + " and another "
                    + Arrays.toString(other.shape()) + ".");
        }
    }
}
