package org.implicitdl.train.implicit;

import java.util.Objects;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.Link;

/**
 * What an implicit model x = φ(Ax + Bu), ŷ = Cx + Dv is to fit (§4.1). Samples are columns. The constant input is the last
 * row of U, of ones; V holds the last rows of U: all of them where the rule has a direct term, the row of ones alone where
 * its output has but a bias. The matrices are kept as they are and must not be changed.
 *
 * @param u what the state meets, U [p, m]
 * @param v what the output meets directly, V [r, m], r ≤ p
 * @param y the responses Y [q, m]
 * @param loss the link of the loss: the identity for ½‖Y − Ŷ‖², the softmax for the cross-entropy (4)
 * @param phi φ
 */
public record ImplicitProblem(Matrix u, Matrix v, Matrix y, Link loss, FenchelActivation phi) {

    /** @throws ShapeException if there is no sample, or U, V and Y differ in their number */
    public ImplicitProblem {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(phi, "phi");
        if (u.cols() == 0 || u.cols() != y.cols() || v.cols() != y.cols() || v.rows() > u.rows()) {
            throw new ShapeException("A training problem needs at least one sample, equally many columns of U, V and Y,"
                    + " and no more rows of V than of U, but they are " + u + ", " + v + " and " + y + ".");
        }
    }

    /** The problem of a rule with a direct term and no constant input: V = U. */
    public static ImplicitProblem direct(Matrix u, Matrix y, Link loss, FenchelActivation phi) {
        return new ImplicitProblem(u, u, y, loss, phi);
    }

    /** The number m of samples. */
    public int samples() {
        return u.cols();
    }
}
