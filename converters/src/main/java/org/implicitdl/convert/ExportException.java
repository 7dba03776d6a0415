package org.implicitdl.convert;

/** An implicit network that one layer of Deeplearning4j cannot hold. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }

    ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
