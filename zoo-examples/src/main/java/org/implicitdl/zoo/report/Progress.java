package org.implicitdl.zoo.report;

/** Told by an experiment how far it is. */
public interface Progress extends AutoCloseable {

    /** Says what is being done now. */
    void doing(String what);

    /** Counts one more step as done. */
    void step();

    /** Ends the report; further calls have no effect. */
    @Override
    void close();

    /** A report that nobody reads. */
    static Progress none() {
        return new Progress() {
            @Override
            public void doing(String what) {}

            @Override
            public void step() {}

            @Override
            public void close() {}
        };
    }

    /**
     * A report on the standard error stream: a moving bar if a terminal is watching, otherwise a line for every tenth
     * of the work.
     *
     * @param steps how many steps there will be
     */
    static Progress onConsole(String title, int steps) {
        return System.console() == null ? new LineProgress(title, steps, System.err) : new BarProgress(title, steps);
    }
}
