package org.implicitdl.train.bcd;

import java.util.List;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardModel;

/**
 * Where block coordinate descent stands.
 *
 * @param model the weights
 * @param states the states X_1 … X_L that the next sweep starts from; empty if it starts from a forward pass
 */
record Iterate(FeedforwardModel model, List<Matrix> states) {
    Iterate {
        states = List.copyOf(states);
    }
}
