package org.implicitdl.operator;

/** Says that sizes do not fit: what was expected, what was found, and what to try. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
