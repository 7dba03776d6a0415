package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;

/**
 * The weights of x = φ(Ax + Bu), ŷ = Cx + Dv.
 *
 * @param a A [n, n]
 * @param b B [n, p]
 * @param c C [q, n]
 * @param d D [q, r]
 */
public record ImplicitWeights(Matrix a, Matrix b, Matrix c, Matrix d) {

    /** @throws ShapeException if the matrices do not fit */
    public ImplicitWeights {
        if (a.rows() != a.cols() || b.rows() != a.rows() || c.cols() != a.rows() || d.rows() != c.rows()) {
            throw new ShapeException("The weights must be A [n, n], B [n, p], C [q, n] and D [q, r], but are " + a
                    + ", " + b + ", " + c + " and " + d + ".");
        }
    }

    /** The number n of states. */
    public int states() {
        return a.rows();
    }

    /** The same with another A and B. */
    public ImplicitWeights withRule(Matrix newA, Matrix newB) {
        return new ImplicitWeights(newA, newB, c, d);
    }

    /** The same with another C and D. */
    public ImplicitWeights withReadout(Matrix newC, Matrix newD) {
        return new ImplicitWeights(a, b, newC, newD);
    }

    /** Z = AX + BU. */
    public Matrix weighted(Matrix x, Matrix u) {
        return Lapack.times(a, x).add(1, Lapack.times(b, u));
    }

    /** Ŷ = CX + DV. */
    public Matrix output(Matrix x, Matrix v) {
        return Lapack.times(c, x).add(1, Lapack.times(d, v));
    }
}
