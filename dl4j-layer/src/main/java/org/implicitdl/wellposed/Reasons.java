package org.implicitdl.wellposed;

import org.implicitdl.operator.LinearOperator;

/** Why a test does not apply, in words that several tests share. */
final class Reasons {
    static final String NOT_COMPONENTWISE = "needs a componentwise φ, but this one mixes components";
    static final String NOT_LIPSCHITZ = "needs a φ with a Lipschitz constant, but none is known";

    private Reasons() {}

    static String tooLarge(LinearOperator a, int limit) {
        return "not tried: the order " + a.rows() + " is above " + limit + ", where dense work takes too long";
    }
}
