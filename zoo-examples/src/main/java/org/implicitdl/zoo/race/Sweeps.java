package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTraining;

/** Block coordinate descent, sweep by sweep. */
public record Sweeps(MultiLayerNetwork network, BcdTraining training) {

    /** Iterates to the end of a sweep over the data. */
    public void next() {
        int sweep = network.getEpochCount();
        while (network.getEpochCount() == sweep) {
            training.iterate();
        }
    }
}
