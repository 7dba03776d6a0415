package org.implicitdl.zoo.data;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Batches of an image set, made when asked for. */
final class BatchIterator implements DataSetIterator {
    private static final long serialVersionUID = 1L;

    private final transient ImageSet images;
    private final int batchSize;
    private final boolean shuffle;
    private final Random random;
    private transient ImageSet current;
    private transient DataSetPreProcessor preProcessor;
    private int position;

    BatchIterator(ImageSet images, int batchSize, boolean shuffle, long seed) {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "A batch must hold at least one image, but is to hold " + batchSize + ".");
        }
        this.images = images;
        this.batchSize = batchSize;
        this.shuffle = shuffle;
        this.random = new Random(seed);
        reset();
    }

    @Override
    public void reset() {
        position = 0;
        current = shuffle ? images.shuffled(random.nextLong()) : images;
    }

    @Override
    public boolean hasNext() {
        return position < current.size();
    }

    @Override
    public DataSet next() {
        return next(batchSize);
    }

    @Override
    public DataSet next(int count) {
        if (!hasNext()) {
            throw new NoSuchElementException(
                    "All " + current.size() + " images were given; call reset() to start again.");
        }
        int from = position;
        position = Math.min(from + count, current.size());
        DataSet batch = current.batch(from, position);
        if (preProcessor != null) {
            preProcessor.preProcess(batch);
        }
        return batch;
    }

    @Override
    public int inputColumns() {
        return images.pixels();
    }

    @Override
    public int totalOutcomes() {
        return images.classes();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }

    @Override
    public int batch() {
        return batchSize;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    @Override
    public List<String> getLabels() {
        return IntStream.range(0, images.classes()).mapToObj(String::valueOf).toList();
    }
}
