package org.implicitdl.zoo.race;

import java.util.List;
import java.util.NoSuchElementException;
import org.implicitdl.train.ReadAhead;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The batches of a training: it ends with a part of the training, wherever in an epoch that is, and goes on from there after
 * a reset. Another thread makes the next batches meanwhile.
 */
final class CourseBatches implements DataSetIterator, AutoCloseable {
    private static final long serialVersionUID = 1;

    private final transient ReadAhead epoch;
    private final transient Course course;
    private int given;
    private boolean promised;

    /** @param batches of an epoch, in another order after every reset */
    CourseBatches(DataSetIterator batches, Course course) {
        this.epoch = ReadAhead.of(batches);
        this.course = course;
    }

    /**
     * Whoever asks has trained on the last batch. The answer holds until the next batch is taken, whatever time passes; a
     * part has one batch at least.
     */
    @Override
    public boolean hasNext() {
        if (!promised) {
            course.saw(given);
            given = 0;
            promised = !course.isPartOver();
        }
        return promised;
    }

    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("This part of the training is over; reset the iterator for the next one.");
        }
        while (!epoch.hasNext()) {
            epoch.reset();
        }
        DataSet batch = epoch.next();
        given = batch.numExamples();
        promised = false;
        return batch;
    }

    /** A batch that was only looked at, and not asked on from, does not count. */
    @Override
    public void reset() {
        given = 0;
        course.beginPart();
        promised = true;
        if (course.isBetweenEpochs()) {
            epoch.reset();
        }
    }

    /** Ends the thread that makes batches. */
    @Override
    public void close() {
        epoch.close();
    }

    @Override
    public DataSet next(int count) {
        throw new UnsupportedOperationException("The batches of a training have one size; call next().");
    }

    @Override
    public int inputColumns() {
        return epoch.inputColumns();
    }

    @Override
    public int totalOutcomes() {
        return epoch.totalOutcomes();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** The clock of the course is that of the thread that trains, and this iterator is ahead of it already. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public int batch() {
        return epoch.batch();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor processor) {
        epoch.setPreProcessor(processor);
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return epoch.getPreProcessor();
    }

    @Override
    public List<String> getLabels() {
        return epoch.getLabels();
    }
}
