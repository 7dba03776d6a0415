package org.implicitdl.wellposed;

import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;

/** A test of one sufficient condition. */
@FunctionalInterface
interface Criterion {

    /** The orders up to which a test makes a dense copy for work of order n³. */
    int DENSE_LIMIT = 2048;

    /**
     * Tests the condition.
     *
     * @param a a square matrix
     * @param phi an activation map of its order
     */
    Finding test(LinearOperator a, Activation phi);
}
