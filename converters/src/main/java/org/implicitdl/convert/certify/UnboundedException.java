package org.implicitdl.convert.certify;

/** Says why nothing can be proven of a model for inputs of a box, and what to try. */
public final class UnboundedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnboundedException(String message) {
        super(message);
    }
}
