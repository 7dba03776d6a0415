package org.implicitdl.train;

/** What becomes of the layers of a network with an implicit layer that block coordinate descent does not train. */
public enum OtherLayers {
    /** They stay as they are, and are passed through as for predictions. */
    FIXED,

    /**
     * They are trained in turn: after the descent's step on a minibatch they take the step along the network's gradient on
     * it that {@code net.fit} would take, by their own updaters, regularization and constraints.
     */
    TRAINED
}
