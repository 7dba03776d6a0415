package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.implicitdl.operator.ShapeException;

/**
 * Layers that see each time step alone, as one sample, are translated once, over a block that stands for any step. Here
 * the blocks that they made are copied for every step; the copies have the same weights.
 */
final class StepCopies {
    private final List<Assembly.Block> blocks;
    /** What a block is at every step: other blocks, or only itself if it does not depend on steps. */
    private final Map<Integer, List<Integer>> copies = new HashMap<>();

    /** Starts with the blocks of an assembly, to which copies are added. */
    StepCopies(List<Assembly.Block> blocks) {
        this.blocks = blocks;
    }

    /** Says which blocks the one stands for. */
    void standFor(Terms any, List<Terms> steps) {
        copies.put(block(any), steps.stream().map(StepCopies::block).toList());
    }

    private static int block(Terms whole) {
        return whole.operators().firstKey();
    }

    /**
     * Terms at every step; only themselves if they do not depend on steps.
     *
     * @throws ShapeException if they depend on sequences of different lengths
     */
    List<Terms> everyStep(Terms any) {
        if (copies.isEmpty()) {
            return List.of(any);
        }
        Map<Integer, List<Integer>> sources = new HashMap<>();
        any.operators().keySet().forEach(source -> sources.put(source, copies(source)));
        int steps = sources.values().stream().mapToInt(List::size).max().orElse(1);
        if (sources.values().stream().anyMatch(all -> all.size() != 1 && all.size() != steps)) {
            throw new ShapeException("it joins the steps of sequences of different lengths");
        }
        return IntStream.range(0, steps)
                .mapToObj(t -> any.of(
                        source -> sources.get(source).get(sources.get(source).size() == 1 ? 0 : t)))
                .toList();
    }

    private List<Integer> copies(int source) {
        List<Integer> known = copies.get(source);
        if (known != null || source < 0) {
            return known == null ? List.of(source) : known;
        }
        Assembly.Block any = blocks.get(source);
        // A block of an equation reads itself, and so do its copies.
        List<Terms> steps = everyStep(any.terms().without(source));
        List<Integer> all = new ArrayList<>();
        if (steps.size() == 1) {
            all.add(source);
        } else {
            steps.forEach(step -> {
                int copy = blocks.size();
                all.add(copy);
                blocks.add(new Assembly.Block(step.plus(any.terms().only(source).of(own -> copy)), any.phi()));
            });
        }
        copies.put(source, all);
        return all;
    }
}
