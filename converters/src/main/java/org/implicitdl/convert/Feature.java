package org.implicitdl.convert;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What a layer puts out, as it stands in the state.
 *
 * @param starts the first of its components, or of those of each of its time steps
 * @param port its shape
 */
record Feature(List<Integer> starts, Port port) {

    /** Its columns [n, m] out of those of the state, as a new array. */
    INDArray of(INDArray x) {
        int steps = starts.size();
        int size = port.shape().size() / steps;
        INDArray[] parts = starts.stream()
                .map(start -> x.get(NDArrayIndex.interval(start, start + size), NDArrayIndex.all()))
                .toArray(INDArray[]::new);
        if (steps == 1) {
            return parts[0].dup('f');
        }
        // Step after step becomes channel after channel.
        return Nd4j.concat(0, parts)
                .dup('f')
                .reshape('f', size, steps, x.size(1))
                .permute(1, 0, 2)
                .dup('f')
                .reshape('f', (long) size * steps, x.size(1));
    }
}
