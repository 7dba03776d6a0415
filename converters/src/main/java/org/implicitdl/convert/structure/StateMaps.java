package org.implicitdl.convert.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;

/**
 * An activation map φ taken apart into groups of states: each state is a group of its own, except that the states which
 * φ mixes (such as those of a softmax) are one. Immutable.
 */
public final class StateMaps {
    private final Activation[] runs;
    private final int[] runEnds;
    private final int[] runOf;
    private final int[] groupStarts;
    private final int[] groupOf;

    private StateMaps(List<Activation> runs, List<Integer> sizes) {
        this.runs = runs.toArray(Activation[]::new);
        this.runEnds = sizes.stream().mapToInt(Integer::intValue).toArray();
        Arrays.parallelPrefix(runEnds, Integer::sum);
        int states = runEnds.length == 0 ? 0 : runEnds[runEnds.length - 1];
        this.runOf = new int[states];
        this.groupOf = new int[states];
        int[] starts = new int[states + 1];
        int groups = 0;
        for (int run = 0, i = 0; i < states; i++) {
            run += i == runEnds[run] ? 1 : 0;
            runOf[i] = run;
            boolean isNew = i == 0 || runOf[i - 1] != run || this.runs[run].isComponentwise();
            if (isNew) {
                starts[groups++] = i;
            }
            groupOf[i] = groups - 1;
        }
        starts[groups] = states;
        this.groupStarts = Arrays.copyOf(starts, groups + 1);
    }

    /** The parts of a map of so many states. */
    static StateMaps of(Activation phi, int states) {
        if (!(phi instanceof BlockActivation block)) {
            return new StateMaps(List.of(phi), List.of(states));
        }
        if (block.partition().total() != states) {
            throw new ShapeException(
                    "The activation " + phi + " is a map of other than the model's " + states + " states.");
        }
        List<Activation> runs = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < block.partition().count(); i++) {
            runs.add(block.block(i));
            sizes.add(block.partition().size(i));
        }
        return new StateMaps(runs, sizes);
    }

    /** The number of groups. */
    public int groups() {
        return groupStarts.length - 1;
    }

    /** The group of state i; groups are numbered in the order of their states. */
    public int groupOf(int i) {
        return groupOf[i];
    }

    /** The first state of a group. */
    public int start(int group) {
        return groupStarts[group];
    }

    /** One past the last state of a group. */
    public int end(int group) {
        return groupStarts[group + 1];
    }

    /** φ on the group of state i: a function of one state, or of all of the group. */
    public Activation at(int i) {
        return runs[runOf[i]];
    }

    /**
     * φ on some of the states, in increasing order.
     *
     * @throws IllegalArgumentException if they hold a part of a group
     */
    public StateMaps keep(int... kept) {
        List<Activation> left = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int from = 0; from < kept.length; ) {
            int run = runOf[kept[from]];
            int to = from;
            while (to < kept.length && runOf[kept[to]] == run) {
                to++;
            }
            int whole = runEnds[run] - (run == 0 ? 0 : runEnds[run - 1]);
            if (!runs[run].isComponentwise() && to - from != whole) {
                throw new IllegalArgumentException(
                        runs[run] + " mixes " + whole + " states, of which " + (to - from) + " cannot be taken alone.");
            }
            left.add(runs[run]);
            sizes.add(to - from);
            from = to;
        }
        return new StateMaps(left, sizes);
    }

    /** The map φ as a whole; there must be a state. */
    public Activation join() {
        int[] sizes = runEnds.clone();
        for (int i = sizes.length - 1; i > 0; i--) {
            sizes[i] -= sizes[i - 1];
        }
        return BlockActivation.of(Partition.of(sizes), List.of(runs));
    }
}
