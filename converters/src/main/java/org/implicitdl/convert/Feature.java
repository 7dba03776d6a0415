package org.implicitdl.convert;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer puts out, as outputs of the model of all {@link HiddenFeatures}.
 *
 * @param steps the number of time steps that stand one below the other; 1 if the features stand as a whole
 * @param port their shape
 */
record Feature(int steps, Port port) {

    int size() {
        return port.shape().size();
    }

    /** DL4J's array from columns [n, m] that the caller gives up. */
    INDArray rows(INDArray columns) {
        return port.rows(steps == 1 ? columns : channelsFirst(columns));
    }

    /** Step after step becomes channel after channel. */
    private INDArray channelsFirst(INDArray columns) {
        long samples = columns.size(1);
        return columns.reshape('f', size() / steps, steps, samples)
                .permute(1, 0, 2)
                .dup('f')
                .reshape('f', size(), samples);
    }
}
