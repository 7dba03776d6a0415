package org.implicitdl.zoo.table;

import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;

/**
 * A split of a table, ready for a network: features of mean 0 and deviation 1, as are the labels of a regression. All that
 * is learned for this is learned from the training rows.
 *
 * @param train normalized training rows
 * @param heldOut normalized rows that were held out
 * @param transform from cells to features
 * @param normalizer from features, and labels of a regression, to normalized ones and back
 */
public record Prepared(DataSet train, DataSet heldOut, FeatureTransform transform, NormalizerStandardize normalizer) {

    /** @throws TableException if no feature changes in the training rows */
    public static Prepared of(TableData data, Split split) {
        FeatureTransform transform = FeatureTransform.fit(data.schema(), data.table(), split.train());
        DataSet train = samples(data, transform, split.train());
        DataSet heldOut = samples(data, transform, split.heldOut());
        NormalizerStandardize normalizer = new NormalizerStandardize();
        normalizer.fitLabel(data.label().task() == Task.REGRESSION);
        normalizer.fit(train);
        normalizer.transform(train);
        normalizer.transform(heldOut);
        return new Prepared(train, heldOut, transform, normalizer);
    }

    private static DataSet samples(TableData data, FeatureTransform transform, int[] rows) {
        return new DataSet(transform.apply(data.table(), rows), data.labels(rows));
    }
}
