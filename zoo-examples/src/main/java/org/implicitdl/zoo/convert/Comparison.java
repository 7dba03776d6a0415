package org.implicitdl.zoo.convert;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.convert.ImplicitNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network and the implicit model of it put out for the same samples.
 *
 * @param expected the network's outputs
 * @param found the model's
 */
public record Comparison(List<INDArray> expected, List<INDArray> found) {

    /** Compares on the features of each input, as the network takes them. */
    public static Comparison of(SourceNetwork source, ImplicitNetwork implicit, INDArray... features) {
        return new Comparison(List.of(source.outputs(features)), List.of(implicit.outputs(features)));
    }

    /** The largest difference over the largest output, of the output where that is most. */
    public double relativeDifference() {
        return IntStream.range(0, expected.size())
                .mapToDouble(i -> found.get(i).sub(expected.get(i)).amaxNumber().doubleValue()
                        / expected.get(i).amaxNumber().doubleValue())
                .max()
                .orElseThrow();
    }
}
