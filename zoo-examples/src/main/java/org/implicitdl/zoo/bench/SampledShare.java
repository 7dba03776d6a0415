package org.implicitdl.zoo.bench;

import java.util.function.Predicate;

/**
 * The share of its time that a thread spends in some functions, by looking every millisecond at what it executes.
 *
 * @param looks how often it was looked at
 * @param hits how often it was in one of the functions
 */
public record SampledShare(int looks, int hits) {
    /** Products of matrices with matrices and vectors, by BLAS. */
    public static final Predicate<StackTraceElement> MATRIX_PRODUCTS =
            frame -> frame.isNativeMethod() && frame.getMethodName().matches("cblas_[sd](gemm|gemv|syrk)");

    /**
     * Runs a task in the calling thread and looks at it meanwhile.
     *
     * @param functions by the innermost frame of the stack
     */
    public static SampledShare of(Predicate<StackTraceElement> functions, Runnable task) {
        Watch watch = new Watch(Thread.currentThread(), functions);
        watch.start();
        try {
            task.run();
        } finally {
            watch.end();
        }
        return new SampledShare(watch.looks, watch.hits);
    }

    /** The share, from 0 to 1; NaN if the task was too short to be looked at. */
    public double share() {
        return (double) hits / looks;
    }

    private static final class Watch extends Thread {
        private final Thread watched;
        private final Predicate<StackTraceElement> functions;
        private volatile boolean running = true;
        private int looks;
        private int hits;

        Watch(Thread watched, Predicate<StackTraceElement> functions) {
            super("watch of " + watched.getName());
            this.watched = watched;
            this.functions = functions;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (running) {
                StackTraceElement[] stack = watched.getStackTrace();
                if (stack.length > 0) {
                    looks++;
                    hits += functions.test(stack[0]) ? 1 : 0;
                }
                pause();
            }
        }

        private void pause() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                running = false;
            }
        }

        void end() {
            running = false;
            boolean interrupted = false;
            while (isAlive()) {
                try {
                    join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
