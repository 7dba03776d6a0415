package org.implicitdl.convert;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where features pass between DL4J's arrays, with samples as rows, and the model's columns.
 *
 * @param name the name of the input or output
 * @param shape the shape of a sample
 * @param indices whether DL4J's array holds, for each point of the grid, the index of the one channel that is 1, as an
 *     embedding takes it; the others are 0
 */
record Port(String name, TensorShape shape, boolean indices) {

    /** Features as they are. */
    static Port of(String name, TensorShape shape) {
        return new Port(name, shape, false);
    }

    /** An input of the given type, or of the indices that its reader looks up. */
    static Port input(String name, InputType type, Optional<Layer> reader) {
        if (reader.orElse(null) instanceof EmbeddingLayer embedding) {
            return new Port(name, TensorShape.flat((int) embedding.getNIn()), true);
        }
        if (reader.orElse(null) instanceof EmbeddingSequenceLayer embedding) {
            return new Port(name, sequence(type, embedding), true);
        }
        return of(name, TensorShape.of(type));
    }

    /** As many indices as the type says that a sequence has steps or a row numbers, unless the layer says it itself. */
    private static TensorShape sequence(InputType type, EmbeddingSequenceLayer embedding) {
        TensorShape given = TensorShape.of(type);
        int row = embedding.isInferInputLength() ? given.size() : embedding.getInputLength();
        TensorShape steps =
                given.grid().size() == 1 ? given : TensorShape.flat(1).withGrid(row);
        return steps.withChannels((int) embedding.getNIn());
    }

    /** How many numbers a sample has in DL4J's array. */
    int numbers() {
        return indices ? shape.points() : shape.size();
    }

    /** What a sample is, in words. */
    String takes() {
        return indices ? shape.points() + " indices" : shape.toString();
    }

    /** A new array as DL4J takes it, from the columns of {@link #numbers} that the caller gives up. */
    INDArray features(INDArray columns) {
        return indices ? columns.transpose() : rows(columns);
    }

    /**
     * The one place where samples turn from rows to columns; a 'c' array [m, p] is an 'f' array [p, m].
     *
     * @param features [m, …] in DL4J's shape, or [m, p]
     * @return [p, m], which may be a view
     */
    INDArray columns(INDArray features, DataType type) {
        if (indices) {
            return oneHot(indexes(features), type);
        }
        requireSamples(features);
        boolean flat = features.rank() == 2 && features.size(1) == shape.size();
        if (!flat && !(features.rank() > 0 && Arrays.equals(features.shape(), shape.arrayShape(features.size(0))))) {
            throw new ShapeException(features() + " must be " + sizes() + ", but have the shape "
                    + Arrays.toString(features.shape()) + hint(features));
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

    private void requireSamples(INDArray features) {
        if (features == null) {
            throw new ShapeException(features() + " are null; give an array of " + sizes() + ".");
        }
        if (features.isEmpty()) {
            throw new ShapeException(features() + " hold no sample, but have the shape "
                    + Arrays.toString(features.shape()) + "; give at least one.");
        }
    }

    /** Column s is 1 at (index, p) for the index of sample s at each point p. */
    private INDArray oneHot(int[] indexes, DataType type) {
        int points = shape.points();
        int samples = indexes.length / points;
        INDArray columns = Nd4j.create(type, new long[] {shape.size(), samples}, 'f');
        for (int i = 0; i < indexes.length; i++) {
            columns.putScalar((long) indexes[i] * points + i % points, i / points, 1);
        }
        return columns;
    }

    /**
     * The indices that an array holds, all points of the first sample first.
     *
     * @throws ShapeException if the array has another shape
     * @throws IllegalArgumentException if a number is none
     */
    int[] indexes(INDArray features) {
        requireSamples(features);
        int points = shape.points();
        int samples = (int) (features.length() / points);
        boolean fits =
                features.rank() > 0 && features.size(0) == samples && features.length() == (long) samples * points;
        if (!fits) {
            throw new ShapeException(features() + " must be indices, " + sizes() + ", but have the shape "
                    + Arrays.toString(features.shape()) + indexHint(features));
        }
        double[] all = features.dup('c').reshape(features.length()).toDoubleVector();
        int[] indexes = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            indexes[i] = (int) all[i];
            if (indexes[i] != all[i] || indexes[i] < 0 || indexes[i] >= shape.channels()) {
                throw new IllegalArgumentException("An embedding looks up whole numbers from 0 to "
                        + (shape.channels() - 1) + ", but sample " + i / points + " holds " + all[i] + ".");
            }
        }
        return indexes;
    }

    private String features() {
        return "The features" + (name.isEmpty() ? "" : " of input \"" + name + "\"");
    }

    private String hint(INDArray features) {
        if (features.rank() == 2 && features.size(0) == shape.size()) {
            return "; samples are rows here: transpose it.";
        }
        boolean otherSteps = shape.grid().size() == 1 && features.rank() == 3;
        return otherSteps ? unrolled(steps(features)) : ".";
    }

    private String indexHint(INDArray features) {
        boolean otherSteps = shape.grid().size() == 1 && features.rank() > 1;
        return otherSteps ? unrolled(features.length() / features.size(0)) : ".";
    }

    private String unrolled(long steps) {
        return "; a model is unrolled to a number of time steps: convert the network with another input type, such as"
                + " InputType.recurrent(" + shape.channels() + ", " + steps + ").";
    }

    private long steps(INDArray features) {
        return features.size(shape.channelsLast() ? 1 : 2);
    }

    private String sizes() {
        if (indices) {
            return "[samples, " + shape.points() + "]";
        }
        String array = Arrays.toString(shape.arrayShape(0)).replaceFirst("0", "samples");
        return shape.grid().isEmpty() ? array : array + " or [samples, " + shape.size() + "]";
    }

    /** A new array of DL4J's shape [m, …] from columns [q, m] that the caller gives up. */
    INDArray rows(INDArray columns) {
        INDArray rows = columns.transpose();
        if (shape.grid().isEmpty()) {
            return rows;
        }
        if (shape.folded()) {
            return folded(columns);
        }
        TensorShape first = new TensorShape(shape.channels(), shape.grid(), false, false);
        INDArray tensor = rows.dup('c').reshape('c', first.arrayShape(rows.size(0)));
        return shape.channelsLast() ? tensor.permute(shape.toArrayOrder()).dup('c') : tensor;
    }

    /** One row for each time step of each sample, as DL4J's preprocessors write them: all samples at the first step first. */
    private INDArray folded(INDArray columns) {
        long samples = columns.size(1);
        return columns.reshape('f', shape.points(), shape.channels(), samples)
                .permute(2, 0, 1)
                .dup('f')
                .reshape('f', samples * shape.points(), shape.channels());
    }
}
