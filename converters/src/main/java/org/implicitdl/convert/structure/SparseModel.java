package org.implicitdl.convert.structure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonzeroCount;
import org.implicitdl.operator.SparseEntries;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.TooLargeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model by the nonzeros of its matrix M = [A B b; C D d] (§6), where the biases b and d are the coefficients of a
 * constant input 1: what the reductions work on. Immutable.
 *
 * <p>The columns of M are the states 0 … n−1, the inputs n … n+p−1, and the constant n+p; its rows are the states and
 * then the outputs.
 */
public final class SparseModel {
    private final int inputs;
    private final SparseMatrix matrix;
    private final StateMaps maps;
    private final int[] origins;

    private SparseModel(int inputs, SparseMatrix matrix, StateMaps maps, int[] origins) {
        this.inputs = inputs;
        this.matrix = matrix;
        this.maps = maps;
        this.origins = origins;
    }

    /**
     * The nonzeros of a model.
     *
     * @throws TooLargeException if there are too many of them
     */
    public static SparseModel of(ImplicitModel model) {
        try {
            return search(model);
        } catch (TooLargeException e) {
            throw new TooLargeException(
                    String.format(
                            Locale.ROOT,
                            "A model of %,d states and %,d connections is too large to be looked at connection by"
                                    + " connection, which is done for up to %,d; use it as it is, or convert the network"
                                    + " for smaller inputs (another input type), if it takes them.",
                            model.states(),
                            connections(model),
                            SparseMatrix.MOST_NONZEROS),
                    e);
        }
    }

    /** The number of nonzeros of A, B, C and D, as {@link NonzeroCount} has it: of models of any size. */
    public static long connections(ImplicitModel model) {
        return Stream.of(model.a(), model.b(), model.c(), model.d())
                .mapToLong(NonzeroCount::of)
                .sum();
    }

    private static SparseModel search(ImplicitModel model) {
        int n = model.states();
        int p = model.inputs();
        SparseEntries entries = SparseMatrix.entries(n + model.outputs(), n + p + 1);
        add(entries, model.a(), 0, 0);
        add(entries, model.b(), 0, n);
        add(entries, model.c(), n, 0);
        add(entries, model.d(), n, n);
        add(entries, model.stateBias(DataType.DOUBLE), 0, n + p);
        add(entries, model.outputBias(DataType.DOUBLE), n, n + p);
        return new SparseModel(
                p,
                entries.toMatrix(),
                StateMaps.of(model.phi(), n),
                IntStream.range(0, n).toArray());
    }

    private static void add(SparseEntries entries, LinearOperator operator, int top, int left) {
        SparseMatrix block = SparseMatrix.of(operator);
        for (int i = 0; i < block.rows(); i++) {
            for (int k = block.start(i); k < block.end(i); k++) {
                entries.add(top + i, left + block.column(k), block.value(k));
            }
        }
    }

    private static void add(SparseEntries entries, INDArray column, int top, int left) {
        double[] values = column.reshape(column.length()).toDoubleVector();
        for (int i = 0; i < values.length; i++) {
            entries.add(top + i, left, values[i]);
        }
    }

    /** The number n of states. */
    public int states() {
        return origins.length;
    }

    /** The number p of inputs. */
    public int inputs() {
        return inputs;
    }

    /** The number q of outputs. */
    public int outputs() {
        return matrix.rows() - states();
    }

    /** M = [A B b; C D d]. */
    public SparseMatrix matrix() {
        return matrix;
    }

    /** The column of M that is multiplied with the constant input 1. */
    public int constant() {
        return states() + inputs;
    }

    /** The number of nonzeros of A, B, C and D. */
    public int connections() {
        int biases = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            biases += matrix.get(i, constant()) != 0 ? 1 : 0;
        }
        return matrix.nonzeros() - biases;
    }

    /** The activation map φ. */
    public Activation phi() {
        return maps.join();
    }

    /** The number that state i had in the model that was reduced first. */
    public int origin(int i) {
        return origins[i];
    }

    /** φ, state by state. */
    public StateMaps maps() {
        return maps;
    }

    /** The numbers that the states had in the model that was reduced first. */
    public int[] origins() {
        return origins.clone();
    }

    /**
     * The model in fewer states x', of which the present ones are affine functions,
     * (x, u, 1) = T(x', u, 1): M becomes the rows of M that are left, times T.
     *
     * @param kept the states x' among x, in increasing order; together with a state, all that φ mixes with it
     * @param rows for each state that is not kept, its row of T over the present columns of M, in which only kept
     *     states, inputs and the constant appear; those of kept states are ignored
     */
    public SparseModel substitute(int[] kept, List<SparseRow> rows) {
        int n = states();
        int[] place = new int[matrix.cols()];
        Arrays.fill(place, -1);
        for (int k = 0; k < kept.length; k++) {
            place[kept[k]] = k;
        }
        for (int j = n; j < matrix.cols(); j++) {
            place[j] = kept.length + j - n;
        }
        SparseEntries t = SparseMatrix.entries(matrix.cols(), kept.length + inputs + 1);
        for (int j = 0; j < matrix.cols(); j++) {
            if (place[j] >= 0) {
                t.add(j, place[j], 1);
                continue;
            }
            SparseRow row = rows.get(j);
            for (int k = 0; k < row.size(); k++) {
                t.add(j, place[row.column(k)], row.value(k));
            }
        }
        int[] left = IntStream.concat(Arrays.stream(kept), IntStream.range(n, matrix.rows()))
                .toArray();
        return new SparseModel(
                inputs,
                matrix.rows(left).times(t.toMatrix()),
                maps.keep(kept),
                IntStream.of(kept).map(this::origin).toArray());
    }

    @Override
    public String toString() {
        return "sparse model of " + inputs + " inputs, " + states() + " states, " + outputs() + " outputs and "
                + connections() + " connections";
    }
}
