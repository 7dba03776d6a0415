package org.implicitdl.zoo.classify;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.EquilibriumLayer;
import org.implicitdl.layer.ImplicitLayers;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.wellposed.Certificate;
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

    /** The certificate of well-posedness of the trained layer; empty if none was enforced. */
    public Optional<Certificate> certificate() {
        return settings.wellPosed() == WellPosed.NONE ? Optional.empty() : Optional.of(layer().certificate());
    }

    /** The smallest margin of a certificate that the layer had in training, from the initial weights to the last. */
    public double smallestMargin() {
        return DoubleStream.concat(
                        epochs.stream()
                                .mapToDouble(epoch ->
                                        epoch.statistics(UpdatePoint::margin).quantile(0)),
                        certificate().map(Certificate::margin).stream().mapToDouble(Double::doubleValue))
                .min()
                .orElseThrow();
    }
}
