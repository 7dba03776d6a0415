package org.implicitdl.train;

import java.util.Arrays;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.feedforward.TrainingSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data as DL4J holds them, checked against a model and turned into a training set. */
final class TrainingData {
    private static final double ROUNDING = 1e-4;

    private TrainingData() {}

    /**
     * The first batch of an iterator, which is reset before and after.
     *
     * @throws IllegalArgumentException if the iterator holds none, or cannot be reset
     */
    static DataSet first(DataSetIterator iterator) {
        if (!iterator.resetSupported()) {
            throw new IllegalArgumentException("The iterator must be read once for every sweep, but cannot be reset;"
                    + " copy its batches into a ListDataSetIterator.");
        }
        iterator.reset();
        if (!iterator.hasNext()) {
            throw new IllegalArgumentException("The iterator gives no data set to train on.");
        }
        DataSet first = next(iterator);
        iterator.reset();
        return first;
    }

    /**
     * The next batch of an iterator that has one.
     *
     * @throws IllegalArgumentException if it is null
     */
    static DataSet next(DataSetIterator iterator) {
        DataSet batch = iterator.next();
        if (batch == null) {
            throw new IllegalArgumentException("The iterator says that it has a further batch, but gives null.");
        }
        return batch;
    }

    /**
     * Refuses a data set without features or labels, or with labels of other samples.
     *
     * @throws ShapeException if it is one
     */
    static void requireComplete(DataSet data) {
        requirePresent("features", data.getFeatures());
        requirePresent("labels", data.getLabels());
        long samples = data.getFeatures().size(0);
        if (data.getLabels().size(0) != samples) {
            throw new ShapeException("A data set must hold labels for each of its samples, but has features of "
                    + samples + " samples and labels of " + data.getLabels().size(0)
                    + "; look at where it was put together.");
        }
    }

    private static void requirePresent(String what, INDArray array) {
        if (array == null) {
            throw new ShapeException("A data set to train on must hold features and labels, but one has no " + what
                    + "; look at how its iterator was made.");
        }
    }

    /**
     * Refuses masks.
     *
     * @throws IllegalArgumentException if there are any
     */
    static void requireNoMasks(DataSet data) {
        if (data.hasMaskArrays()) {
            throw new IllegalArgumentException(
                    "The data set has mask arrays, which this training does not take; remove them.");
        }
    }

    /**
     * The data as columns.
     *
     * @throws ShapeException if features or labels do not have the width that the model takes
     * @throws org.implicitdl.operator.NonFiniteException if a number is NaN or infinite
     * @throws IllegalArgumentException if there are masks, or labels that the loss does not take
     */
    static TrainingSet trainingSet(FeedforwardModel model, DataSet data) {
        requireShapes(model, data);
        // A copy in 'c' order of [m, p] is the array of [p, m] column by column.
        TrainingSet set = new TrainingSet(columns(data.getFeatures()), columns(data.getLabels()));
        requireLabels(model.last().link(), set.y());
        return set;
    }

    /**
     * Refuses a batch that does not fit the model.
     *
     * @throws ShapeException if features or labels do not have the width that the model takes
     * @throws IllegalArgumentException if there are masks
     */
    static void requireShapes(FeedforwardModel model, DataSet batch) {
        requireComplete(batch);
        requireNoMasks(batch);
        requireWidth("features", batch.getFeatures(), model.layer(0).inputs());
        requireWidth("labels", batch.getLabels(), model.last().outputs());
    }

    /** Samples as columns, from samples as rows. */
    static Matrix columns(INDArray rows) {
        return Matrix.copyOf(rows.transpose());
    }

    static void requireWidth(String what, INDArray array, int width) {
        if (array.rank() != 2 || array.size(1) != width) {
            throw new ShapeException("The network takes " + what + " of the shape [samples, " + width + "], but found "
                    + Arrays.toString(array.shape()) + ".");
        }
    }

    /** Refuses labels, samples as rows, that the loss does not take. */
    static void requireLabels(Link link, INDArray labels) {
        if (!takesAllNumbers(link)) {
            requireLabels(link, columns(labels));
        }
    }

    private static boolean takesAllNumbers(Link link) {
        return link instanceof ComponentwiseLink componentwise
                && componentwise.activation().equals(Activations.identity());
    }

    /** Refuses labels that the loss does not take. */
    static void requireLabels(Link link, Matrix y) {
        for (int j = 0; j < y.cols(); j++) {
            double sum = 0;
            for (int i = 0; i < y.rows(); i++) {
                double label = y.get(i, j);
                if (link instanceof SoftmaxLink && label < 0
                        || link instanceof ComponentwiseLink componentwise
                                && componentwise.activation().conjugate(label) == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException("Label " + i + " of sample " + j + " is " + label
                            + ", which is out of the range of the loss (" + link + ").");
                }
                sum += label;
            }
            if (link instanceof SoftmaxLink && Math.abs(sum - 1) > ROUNDING) {
                throw new IllegalArgumentException("The labels of sample " + j + " sum to " + sum
                        + ", but cross-entropy with softmax takes one-hot labels or probabilities, which sum to 1.");
            }
        }
    }
}
