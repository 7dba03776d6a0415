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
        if (a.rows() != a.cols()
                || b.rows() != a.rows()
                || c.cols() != a.rows()
                || d.rows() != c.rows()
                || d.cols() != b.cols()) {
            throw new ShapeException("A [n, n], B [n, p], C [q, n] and D [q, p] are needed, but A is a " + a + ", B a "
                    + b + ", C a " + c + " and D a " + d + ".");
        }
        Matrix m = Matrix.zeros(a.rows() + c.rows(), a.cols() + b.cols());
        m.write(a, 0, 0);
        m.write(b, 0, a.cols());
        m.write(c, a.rows(), 0);
        m.write(d, a.rows(), a.cols());
        return new ModelMatrix(a.rows(), m);
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
