package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.DL4JConfiguration;

/**
 * A candidate whose values make no network. It fails when it is run, and not when it is made: Arbiter does not count a
 * candidate that could not be made, so that a search of nothing else would go on for ever.
 */
final class ImpossibleNetwork extends DL4JConfiguration {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ImpossibleNetwork(RuntimeException reason) {
        super(null, null, 1);
        // Not the exception itself, which need not be serializable as candidates must be.
        this.reason = reason.toString();
    }

    /** What the candidate fails with. */
    IllegalStateException failure() {
        return new IllegalStateException("The values of this candidate make no network: " + reason);
    }

    @Override
    public String toString() {
        return "no network: " + reason;
    }
}
