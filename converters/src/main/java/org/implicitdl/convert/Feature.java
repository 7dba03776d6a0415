package org.implicitdl.convert;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer puts out, as outputs of the model of all {@link HiddenFeatures}.
 *
 * @param rows how many rows DL4J has for a sample: one for each time step of which it makes samples of their own, which
 *     stand one below the other here
 * @param steps the number of time steps of a row that stand one below the other; 1 if its features stand as a whole
 * @param port the shape of a row
 */
record Feature(int rows, int steps, Port port) {

    int size() {
        return rows * port.shape().size();
    }

    /** DL4J's array from columns [n, m] that the caller gives up. */
    INDArray rows(INDArray columns) {
        INDArray own = rows == 1 ? columns : rowsAsSamples(columns);
        return port.rows(steps == 1 ? own : channelsFirst(own));
    }

    /** All samples at the first step come first. */
    private INDArray rowsAsSamples(INDArray columns) {
        int size = port.shape().size();
        long samples = columns.size(1);
        return columns.reshape('f', size, rows, samples)
                .permute(0, 2, 1)
                .dup('f')
                .reshape('f', size, samples * rows);
    }

    /** Step after step becomes channel after channel. */
    private INDArray channelsFirst(INDArray columns) {
        long samples = columns.size(1);
        int size = port.shape().size();
        return columns.reshape('f', size / steps, steps, samples)
                .permute(1, 0, 2)
                .dup('f')
                .reshape('f', size, samples);
    }
}
