package org.implicitdl.train;

/** Says why a training cannot go on from a checkpoint, or cannot keep one; the network then is as it was. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
