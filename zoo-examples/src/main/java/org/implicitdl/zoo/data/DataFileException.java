package org.implicitdl.zoo.data;

/** A file of data cannot be used. The message names the file, and says what was expected, found, and can be done. */
public final class DataFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataFileException(String message) {
        super(message);
    }

    DataFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
