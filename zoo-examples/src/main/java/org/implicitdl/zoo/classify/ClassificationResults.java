package org.implicitdl.zoo.classify;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.EquilibriumLayer;
import org.implicitdl.layer.ImplicitLayers;
import org.implicitdl.zoo.data.ImageSplit;

/**
 * What a training has led to.
 *
 * @param epochs in order, at least one
 * @param network trained
 * @param test its predictions on the test images
 */
public record ClassificationResults(
        ClassifierSettings settings,
        ImageSplit images,
        List<EpochPoint> epochs,
        MultiLayerNetwork network,
        Predictions test) {

    /** The implicit layer of the network. */
    public EquilibriumLayer layer() {
        return ImplicitLayers.of(network).values().iterator().next();
    }

    /** The smallest margin of the certificate of well-posedness after any update. */
    public double smallestMargin() {
        return epochs.stream()
                .mapToDouble(epoch -> epoch.statistics(UpdatePoint::margin).quantile(0))
                .min()
                .orElseThrow();
    }
}
