package org.implicitdl.convert;

/** Says which layer of a network has no form as an implicit model here, why, and what is supported. */
public sealed class UnsupportedLayerException extends IllegalArgumentException permits UnknownInputException {
    private static final long serialVersionUID = 1L;

    public UnsupportedLayerException(String message) {
        super(message);
    }

    static UnsupportedLayerException because(String what, String reason) {
        return new UnsupportedLayerException(
                "The " + what + " cannot be converted, because " + reason + (reason.endsWith(".") ? "" : "."));
    }
}
