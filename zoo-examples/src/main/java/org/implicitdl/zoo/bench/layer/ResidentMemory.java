package org.implicitdl.zoo.bench.layer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/** The largest memory that the process and JavaCPP hold while something runs, watched by a thread. */
final class ResidentMemory {
    private ResidentMemory() {}

    /**
     * Peaks over the levels before.
     *
     * @param resident of the resident set, in bytes
     * @param tracked of the arrays of ND4J and whatever else JavaCPP counts, in bytes
     */
    record Peak(long resident, long tracked) {}

    static Peak during(Runnable task) {
        long residentBefore = Pointer.physicalBytes();
        long trackedBefore = Pointer.totalBytes();
        AtomicLong resident = new AtomicLong(residentBefore);
        AtomicLong tracked = new AtomicLong(trackedBefore);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread watch = new Thread(() -> {
            while (running.get()) {
                resident.accumulateAndGet(Pointer.physicalBytes(), Math::max);
                tracked.accumulateAndGet(Pointer.totalBytes(), Math::max);
            }
        });
        watch.setDaemon(true);
        watch.start();
        try {
            task.run();
        } finally {
            running.set(false);
            join(watch);
        }
        return new Peak(resident.get() - residentBefore, tracked.get() - trackedBefore);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
