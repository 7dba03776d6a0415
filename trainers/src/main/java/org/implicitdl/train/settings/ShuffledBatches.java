package org.implicitdl.train.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
     *
     * @throws IllegalArgumentException if the iterator gives nothing
     */
    static DataSetIterator iterator(MultiLayerNetwork net, DataSetIterator data, int batchSize) {
        return batchSize == 0
                ? data
                : new ExistingDataSetIterator(
                        of(data, batchSize, net.getDefaultConfiguration().getSeed()));
    }

    /** @throws IllegalArgumentException if the iterator gives nothing */
    static ShuffledBatches of(DataSetIterator data, int batchSize, long seed) {
        if (data.resetSupported()) {
            data.reset();
        }
        List<DataSet> all = new ArrayList<>();
        data.forEachRemaining(all::add);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("The iterator gives no data set to train on.");
        }
        return new ShuffledBatches(all.size() == 1 ? all.get(0) : DataSet.merge(all), batchSize, seed);
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
                samples.getFeatures().getRows(rows), samples.getLabels().getRows(rows));
    }
}
