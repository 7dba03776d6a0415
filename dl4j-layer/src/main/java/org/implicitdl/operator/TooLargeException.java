package org.implicitdl.operator;

/** Says that work on single entries would take too much memory or time: how much, the limit, and what to try. */
public final class TooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public TooLargeException(String message) {
        super(message);
    }

    public TooLargeException(String message, TooLargeException cause) {
        super(message, cause);
    }
}
