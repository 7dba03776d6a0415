package org.implicitdl.convert;

/** Says that neither the network nor the caller tells what an input looks like, and how to tell it. */
public final class UnknownInputException extends UnsupportedLayerException {
    private static final long serialVersionUID = 1L;

    private final String statement;

    UnknownInputException(String statement, String advice) {
        super(statement + "; " + advice + ".");
        this.statement = statement;
    }

    /** What is not known, without the advice: who does not program gets another one. */
    public String statement() {
        return statement;
    }
}
