package org.implicitdl.train.bcd;

/** Says that the convex problem of one block could not be solved to its tolerance. */
public final class BlockStepException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    public BlockStepException(String message) {
        super(message);
    }
}
