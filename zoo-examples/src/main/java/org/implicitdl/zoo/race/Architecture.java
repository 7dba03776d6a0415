package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** A kind of network that tells images apart. */
public interface Architecture {

    /** A short name, for the command line, files and titles. */
    String id();

    /** What it is, in words. */
    String description();

    /**
     * A network with the initial weights that a seed decides, in single precision.
     *
     * @param updater of back-propagation; none of its business for other trainings
     */
    MultiLayerNetwork create(ImageSet images, IUpdater updater, long seed);
}
