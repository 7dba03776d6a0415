package org.implicitdl.model;

import java.util.Map;
import java.util.TreeMap;

/** Places for the states of a forward pass in one stretch of memory, each free again after its last use. */
final class MemoryPlan {
    /** The stretches that are free, by where they begin: their ends. The last one has no end. */
    private final TreeMap<Long, Long> free = new TreeMap<>(Map.of(0L, Long.MAX_VALUE));

    private long total;

    /** The first place that is large enough. */
    long take(long size) {
        long start = free.entrySet().stream()
                .filter(entry -> entry.getValue() - entry.getKey() >= size)
                .findFirst()
                .orElseThrow()
                .getKey();
        // By its key: an entry of the map changes when the map does.
        long end = free.remove(start);
        if (end > start + size) {
            free.put(start + size, end);
        }
        total = Math.max(total, start + size);
        return start;
    }

    /** Gives a place back, joined with what is free beside it. */
    void release(long start, long size) {
        long end = start + size;
        Map.Entry<Long, Long> before = free.floorEntry(start);
        if (before != null && before.getValue() == start) {
            free.remove(before.getKey());
            start = before.getKey();
        }
        Long after = free.remove(end);
        free.put(start, after == null ? end : after);
    }

    /** How much was in use at most. */
    long total() {
        return total;
    }
}
