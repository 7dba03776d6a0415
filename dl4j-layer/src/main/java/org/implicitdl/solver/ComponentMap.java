package org.implicitdl.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Partition;

/** A componentwise φ on whole columns in Java arrays, where it costs no operation of ND4J. */
interface ComponentMap {

    /**
     * φ in place.
     *
     * @param z {@code count} columns of {@code rows} entries, one after the other
     * @param first the place of the first of them in the batch
     */
    void apply(float[] z, int rows, int first, int count);

    /** The same in double precision. */
    void apply(double[] z, int rows, int first, int count);

    /**
     * φ' of one column.
     *
     * @param z a column, not changed
     * @param out gets the derivatives
     * @param column its place in the batch
     */
    void derivatives(double[] z, double[] out, int column);

    /** The map of a φ that is given by scalar functions; empty for others. */
    static Optional<ComponentMap> of(Activation phi) {
        if (phi instanceof FenchelActivation scalar) {
            return Optional.of(new Uniform(scalar));
        }
        if (phi instanceof BlockActivation blocks) {
            List<FenchelActivation> scalars = new ArrayList<>();
            for (int i = 0; i < blocks.partition().count(); i++) {
                if (!(blocks.block(i) instanceof FenchelActivation scalar)) {
                    return Optional.empty();
                }
                scalars.add(scalar);
            }
            return Optional.of(new Blocks(blocks.partition(), scalars));
        }
        return Optional.empty();
    }

    /** One function for all components. */
    record Uniform(FenchelActivation phi) implements ComponentMap {

        @Override
        public void apply(float[] z, int rows, int first, int count) {
            phi.values(z, z, 0, rows * count);
        }

        @Override
        public void apply(double[] z, int rows, int first, int count) {
            phi.values(z, z, 0, rows * count);
        }

        @Override
        public void derivatives(double[] z, double[] out, int column) {
            phi.valuesAndDerivatives(z, new double[z.length], out, 0, z.length);
        }
    }

    /** One function for each block of components. */
    record Blocks(Partition partition, List<FenchelActivation> scalars) implements ComponentMap {

        @Override
        public void apply(float[] z, int rows, int first, int count) {
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < partition.count(); i++) {
                    scalars.get(i).values(z, z, k * rows + partition.start(i), k * rows + partition.end(i));
                }
            }
        }

        @Override
        public void apply(double[] z, int rows, int first, int count) {
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < partition.count(); i++) {
                    scalars.get(i).values(z, z, k * rows + partition.start(i), k * rows + partition.end(i));
                }
            }
        }

        @Override
        public void derivatives(double[] z, double[] out, int column) {
            double[] values = new double[z.length];
            for (int i = 0; i < partition.count(); i++) {
                scalars.get(i).valuesAndDerivatives(z, values, out, partition.start(i), partition.end(i));
            }
        }
    }

    /** A factor for each component of each sample: column j of the batch is the sample {@code samples[j]}. */
    final class Factors implements ComponentMap {
        private final Panel factors;
        private final int[] samples;
        private float[] floats = {};
        private double[] doubles = {};

        Factors(Panel factors, int[] samples) {
            this.factors = factors;
            this.samples = samples;
        }

        @Override
        public void apply(float[] z, int rows, int first, int count) {
            if (floats.length == 0) {
                floats = new float[rows];
            }
            for (int k = 0; k < count; k++) {
                ((FloatPanel) factors).read(samples[first + k], floats, 0, rows);
                for (int i = 0; i < rows; i++) {
                    z[k * rows + i] *= floats[i];
                }
            }
        }

        @Override
        public void apply(double[] z, int rows, int first, int count) {
            if (doubles.length == 0) {
                doubles = new double[rows];
            }
            for (int k = 0; k < count; k++) {
                factors.read(samples[first + k], doubles);
                for (int i = 0; i < rows; i++) {
                    z[k * rows + i] *= doubles[i];
                }
            }
        }

        @Override
        public void derivatives(double[] z, double[] out, int column) {
            factors.read(samples[column], out);
        }
    }
}
