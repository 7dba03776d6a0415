package org.implicitdl.zoo.table;

/** A table cannot be used. The message names the line and the column, and says what was expected, found, and can be done. */
public final class TableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TableException(String message) {
        super(message);
    }

    TableException(String message, Throwable cause) {
        super(message, cause);
    }
}
