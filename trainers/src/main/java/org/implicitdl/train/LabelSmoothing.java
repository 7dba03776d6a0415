package org.implicitdl.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

/**
 * Takes a share α of the certainty out of the labels of q classes, evenly: y ← (1 − α)y + α/q (Szegedy et al., Rethinking
 * the Inception architecture, 2016, §7). A network that is trained on them by cross-entropy is less sure of itself, and
 * often right more often. For the iterator that a network is trained from, by any trainer; not for one that it is judged
 * by.
 */
public final class LabelSmoothing implements DataSetPreProcessor {
    private static final long serialVersionUID = 1L;

    private final double share;

    /**
     * Smooths by a share.
     *
     * @param share α, at least 0 and below 1
     * @throws IllegalArgumentException if it is not
     */
    public LabelSmoothing(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "The share of smoothing must be at least 0 and below 1, but is " + share + "; 0.1 is common.");
        }
        this.share = share;
    }

    /** Replaces the labels [m, q] by smoothed ones; the array that held them stays as it is. */
    @Override
    public void preProcess(DataSet data) {
        INDArray labels = data.getLabels();
        data.setLabels(labels.mul(1 - share).addi(share / labels.size(1)));
    }

    @Override
    public String toString() {
        return "LabelSmoothing(" + share + ")";
    }
}
