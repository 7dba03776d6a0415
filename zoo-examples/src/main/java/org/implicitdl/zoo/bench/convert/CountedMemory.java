package org.implicitdl.zoo.bench.convert;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.factory.Nd4j;

/** The memory of arrays as ND4J and JavaCPP count it, and that of the heap. */
final class CountedMemory {
    private static final int CPU = 0;
    private static final int COLLECTIONS = 2;
    private static final long PAUSE_MILLIS = 30;

    private CountedMemory() {}

    /** The bytes of all arrays: those that ND4J allocates one by one, and the workspaces, which JavaCPP counts. */
    static long arrays() {
        return Nd4j.getEnvironment().getDeviceCouner(CPU)
                + Nd4j.getMemoryManager().allocatedMemory(CPU);
    }

    /** The bytes of objects on the heap, after {@link #settle}. */
    static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Lets go of workspaces, and of what nobody refers to: ND4J frees arrays in a thread of its own after a collection. */
    static void settle() {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            pause();
        }
    }

    /** The most that arrays hold while something runs, over what they held before, in bytes. */
    static long peak(Runnable task) {
        long before = arrays();
        AtomicLong most = new AtomicLong(before);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread watch = new Thread(() -> {
            while (running.get()) {
                most.accumulateAndGet(arrays(), Math::max);
            }
        });
        watch.setDaemon(true);
        watch.start();
        task.run();
        most.accumulateAndGet(arrays(), Math::max);
        running.set(false);
        return most.get() - before;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
