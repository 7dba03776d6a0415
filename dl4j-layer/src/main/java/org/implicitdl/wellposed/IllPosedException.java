package org.implicitdl.wellposed;

import java.util.stream.Collectors;

/** Says that no condition could be shown to hold for a matrix, and which value failed for each. */
public final class IllPosedException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    IllPosedException(Assessment assessment) {
        this("", assessment);
    }

    /**
     * The failure for a matrix that belongs to something larger.
     *
     * @param context what it belongs to, which goes in brackets before the message
     */
    public IllPosedException(String context, Assessment assessment) {
        super((context.isEmpty() ? "" : "[" + context + "] ")
                + "No certificate was found that x = φ(Ax + b) has exactly one solution for every b, with A "
                + assessment.matrix()
                + ". It may still have one, but nothing proves it; project A onto RowL1Ball(0.95) or another set of"
                + " this package, or scale it down. What failed:"
                + assessment.findings().stream()
                        .map(finding -> "\n  " + finding)
                        .collect(Collectors.joining()));
    }
}
