package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;

/** How many images a network recognizes. */
public final class Accuracy {
    private static final int BATCH = 1000;

    private Accuracy() {}

    /** The part of the images that are recognized. */
    public static double of(MultiLayerNetwork net, ImageSet images) {
        return net.evaluate(images.iterator(BATCH)).accuracy();
    }
}
