package org.implicitdl.train;

/** Says which layer of a network a trainer cannot train, why, and what it can. */
public final class UnsupportedNetworkException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnsupportedNetworkException(String message) {
        super(message);
    }
}
