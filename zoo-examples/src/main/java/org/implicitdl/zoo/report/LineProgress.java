package org.implicitdl.zoo.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Progress for logs and pipes: one line for every tenth of the work, with what was done then. */
final class LineProgress implements Progress {
    private static final int LINES = 10;

    private final String title;
    private final int steps;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private int done;
    private String doing = "";

    LineProgress(String title, int steps, PrintStream out) {
        this.title = title;
        this.steps = steps;
        this.out = out;
    }

    @Override
    public void doing(String what) {
        doing = what.isEmpty() ? "" : ", " + what;
    }

    @Override
    public void step() {
        int before = done * LINES / steps;
        done++;
        if (done * LINES / steps > before) {
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            out.printf(Locale.ROOT, "%s: %d of %d, %.0f s%s%n", title, done, steps, seconds, doing);
        }
    }

    @Override
    public void close() {}
}
