package org.implicitdl.zoo.bench.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** How well a network recognizes images, by its own predictions. */
final class Accuracy {
    private Accuracy() {}

    /** The percentage of images that are recognized. */
    static double of(MultiLayerNetwork net, ImageSet images) {
        DataSetIterator batches = images.iterator(1000);
        return 100 * net.evaluate(batches).accuracy();
    }
}
