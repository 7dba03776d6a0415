package org.implicitdl.train.implicit;

import org.implicitdl.activation.Activation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * All weights of an implicit model in one matrix M = [A B; C D] (§2.1), so that ŷ and the weighted inputs are one product
 * and the norms (19) of B above D a penalty on a part of it.
 *
 * @param states n
 * @param m [n + q, n + p]
 */
public record ModelMatrix(int states, Matrix m) {

    /** @throws ShapeException if M is smaller than A */
    public ModelMatrix {
        if (states < 1 || m.rows() <= states || m.cols() <= states) {
            throw new ShapeException("M = [A B; C D] must have more rows and columns than A, which has " + states
                    + ", but is a " + m + ".");
        }
    }

    /**
     * The matrix of given blocks.
     *
     * @throws ShapeException if they do not fit together
     */
    public static ModelMatrix of(Matrix a, Matrix b, Matrix c, Matrix d) {
        if (d.cols() != b.cols()) {
            throw new ShapeException("B [n, p] and D [q, p] are needed, but B is a " + b + " and D a " + d + ".");
        }
        return of(new ImplicitWeights(a, b, c, d));
    }

    /** The matrix of weights whose D meets the last inputs alone; its columns for the others are zero. */
    public static ModelMatrix of(ImplicitWeights weights) {
        int n = weights.states();
        Matrix m = Matrix.zeros(n + weights.c().rows(), n + weights.b().cols());
        m.write(weights.a(), 0, 0);
        m.write(weights.b(), 0, n);
        m.write(weights.c(), n, 0);
        m.write(weights.d(), n, m.cols() - weights.d().cols());
        return new ModelMatrix(n, m);
    }

    /**
     * The blocks.
     *
     * @param direct the number r of the last columns of D that are taken, D [q, r]
     */
    public ImplicitWeights weights(int direct) {
        return new ImplicitWeights(a(), b(), c(), m.part(states, m.rows(), m.cols() - direct, m.cols()));
    }

    /** The number p of inputs. */
    public int inputs() {
        return m.cols() - states;
    }

    /** The number q of outputs. */
    public int outputs() {
        return m.rows() - states;
    }

    /** A [n, n], a copy. */
    public Matrix a() {
        return m.part(0, states, 0, states);
    }

    /** B [n, p], a copy. */
    public Matrix b() {
        return m.part(0, states, states, m.cols());
    }

    /** C [q, n], a copy. */
    public Matrix c() {
        return m.part(states, m.rows(), 0, states);
    }

    /** D [q, p], a copy. */
    public Matrix d() {
        return m.part(states, m.rows(), states, m.cols());
    }

    /** The Euclidean norms (19) of the columns of B above D, by input. */
    public double[] inputNorms() {
        double[] norms = new double[inputs()];
        for (int j = 0; j < norms.length; j++) {
            double squares = 0;
            for (int i = 0; i < m.rows(); i++) {
                double entry = m.get(i, states + j);
                squares += entry * entry;
            }
            norms[j] = Math.sqrt(squares);
        }
        return norms;
    }

    /** The model in double precision. */
    public ImplicitModel model(Activation phi) {
        return ImplicitModel.of(operator(a()), operator(b()), operator(c()), operator(d()), phi);
    }

    private static DenseOperator operator(Matrix matrix) {
        return DenseOperator.viewOf(matrix.toArray(DataType.DOUBLE));
    }
}
