package org.implicitdl.zoo.convert;

import org.implicitdl.convert.ImplicitNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network and the implicit model of it put out for the same samples.
 *
 * @param expected the network's outputs
 * @param found the model's
 */
public record Comparison(INDArray expected, INDArray found) {

    /** Compares on rows of numbers, each in the order of the model: channels, and for each of them its grid. */
    public static Comparison of(SourceNetwork source, ImplicitNetwork implicit, INDArray rows) {
        return new Comparison(source.output(implicit.features(implicit.columns(rows))), implicit.output(rows));
    }

    /** The largest difference over the largest output. */
    public double relativeDifference() {
        return found.sub(expected).amaxNumber().doubleValue()
                / expected.amaxNumber().doubleValue();
    }
}
