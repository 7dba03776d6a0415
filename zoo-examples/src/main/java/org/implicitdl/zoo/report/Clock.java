package org.implicitdl.zoo.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What counts as time, in nanoseconds from some moment on. */
public enum Clock implements LongSupplier {
    /** The time that passes. */
    WALL("wall time") {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    },

    /** The time that a processor works for the thread that asks, which other programs disturb least. */
    PROCESSOR("processor time of the one thread that computes") {
        @Override
        public long getAsLong() {
            return THREADS.getCurrentThreadCpuTime();
        }
    };

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String description;

    Clock(String description) {
        this.description = description;
    }

    /** The one that is disturbed least: of the processor if one thread computes and the machine can tell. */
    public static Clock forThreads(int threads) {
        return threads == 1 && THREADS.isCurrentThreadCpuTimeSupported() ? PROCESSOR : WALL;
    }

    /** What it counts, in words. */
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
