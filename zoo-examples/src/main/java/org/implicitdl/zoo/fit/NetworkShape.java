package org.implicitdl.zoo.fit;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;

/** What stands between the features of a network and its output layer. */
public sealed interface NetworkShape permits HiddenLayers, ImplicitStates {

    /**
     * Adds its layers.
     *
     * @param inputs the number of features
     * @return the number of outputs of the last layer
     */
    int addTo(ListBuilder layers, int inputs);

    /** What it is, in words. */
    String description();
}
