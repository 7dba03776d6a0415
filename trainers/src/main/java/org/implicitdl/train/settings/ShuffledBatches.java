package org.implicitdl.train.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.MergedBatches;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Samples held in memory as batches of one size, in an order that is drawn anew each time they are asked for. */
final class ShuffledBatches implements Iterable<DataSet> {
    private final DataSet samples;
    private final int batchSize;
    private final Random random;

    private ShuffledBatches(DataSet samples, int batchSize, long seed) {
        this.samples = samples;
        this.batchSize = batchSize;
        this.random = new Random(seed);
    }

    /** @throws IllegalArgumentException if the size is negative */
    static void requireSize(int batchSize) {
        if (batchSize < 0) {
            throw new IllegalArgumentException("A batch takes at least 1 sample, or 0 for the iterator's own batches,"
                    + " but is to take " + batchSize + ".");
        }
    }

    /**
     * The batches that a network is trained on, drawn by its seed; those of the iterator as they are if the size is 0.
     * Masks go with their samples.
     *
     * @throws IllegalArgumentException if the iterator gives nothing, or batches that do not fit together
     */
    static DataSetIterator iterator(MultiLayerNetwork net, DataSetIterator data, int batchSize) {
        return batchSize == 0
                ? data
                : new ExistingDataSetIterator(
                        of(data, batchSize, net.getDefaultConfiguration().getSeed()));
    }

    /** See {@link MergedBatches#of} for what is refused. */
    static ShuffledBatches of(DataSetIterator data, int batchSize, long seed) {
        return new ShuffledBatches(MergedBatches.of(data), batchSize, seed);
    }

    @Override
    public Iterator<DataSet> iterator() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < samples.numExamples(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += batchSize) {
            batches.add(rows(order.subList(from, Math.min(from + batchSize, order.size()))));
        }
        return batches.iterator();
    }

    private DataSet rows(List<Integer> chosen) {
        int[] rows = chosen.stream().mapToInt(Integer::intValue).toArray();
        return new DataSet(
                rows(samples.getFeatures(), rows),
                rows(samples.getLabels(), rows),
                rows(samples.getFeaturesMaskArray(), rows),
                rows(samples.getLabelsMaskArray(), rows));
    }

    /** The samples of some indices, of an array of any rank with samples as rows; null if there is no array. */
    private static INDArray rows(INDArray array, int[] rows) {
        if (array == null) {
            return null;
        }
        long[] shape = array.shape().clone();
        INDArray chosen =
                array.reshape('c', shape[0], array.length() / shape[0]).getRows(rows);
        shape[0] = rows.length;
        return chosen.reshape('c', shape);
    }
}
