package org.implicitdl.convert;

import java.util.Arrays;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where features pass between DL4J's arrays, with samples as rows, and the model's columns.
 *
 * @param name the name of the input or output
 * @param shape the shape of a sample
 */
record Port(String name, TensorShape shape) {

    /**
     * The one place where samples turn from rows to columns; a 'c' array [m, p] is an 'f' array [p, m].
     *
     * @param features [m, …] in DL4J's shape, or [m, p]
     * @return [p, m], which may be a view
     */
    INDArray columns(INDArray features, DataType type) {
        long[] expected = features.rank() == 0 ? new long[0] : shape.arrayShape(features.size(0));
        boolean flat = features.rank() == 2 && features.size(1) == shape.size();
        if (!flat && !Arrays.equals(features.shape(), expected)) {
            throw new ShapeException("The features" + (name.isEmpty() ? "" : " of input \"" + name + "\"") + " must be "
                    + sizes() + ", but have the shape " + Arrays.toString(features.shape()) + hint(features));
        }
        INDArray rows = features;
        if (!flat && shape.channelsLast()) {
            rows = rows.permute(shape.toChannelsFirst());
        }
        if (rows.rank() > 2 || rows.ordering() != 'c') {
            rows = (rows.ordering() == 'c' && !rows.isView() ? rows : rows.dup('c'))
                    .reshape('c', rows.size(0), shape.size());
        }
        return rows.castTo(type).transpose();
    }

    private String hint(INDArray features) {
        if (features.rank() == 2 && features.size(0) == shape.size()) {
            return "; samples are rows here: transpose it.";
        }
        boolean otherSteps = shape.grid().size() == 1 && features.rank() == 3;
        return otherSteps
                ? "; a model is unrolled to a number of time steps: convert the network with another input type, such as"
                        + " InputType.recurrent(" + shape.channels() + ", " + steps(features) + ")."
                : ".";
    }

    private long steps(INDArray features) {
        return features.size(shape.channelsLast() ? 1 : 2);
    }

    private String sizes() {
        String array = Arrays.toString(shape.arrayShape(0)).replaceFirst("0", "samples");
        return shape.grid().isEmpty() ? array : array + " or [samples, " + shape.size() + "]";
    }

    /** A new array of DL4J's shape [m, …] from columns [q, m] that the caller gives up. */
    INDArray rows(INDArray columns) {
        INDArray rows = columns.transpose();
        if (shape.grid().isEmpty()) {
            return rows;
        }
        TensorShape first = new TensorShape(shape.channels(), shape.grid(), false, false);
        INDArray tensor = rows.dup('c').reshape('c', first.arrayShape(rows.size(0)));
        return shape.channelsLast() ? tensor.permute(shape.toArrayOrder()).dup('c') : tensor;
    }
}
