package org.implicitdl.activation;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.Partition;

/** The blocks of a {@link BlockActivation} being collected one after another, flattened and merged. */
final class BlockRuns {
    private final List<Activation> activations = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    void add(Activation activation, int size) {
        if (activation instanceof BlockActivation nested) {
            nested.requireSize(size);
            for (int i = 0; i < nested.partition().count(); i++) {
                add(nested.block(i), nested.partition().size(i));
            }
            return;
        }
        int last = activations.size() - 1;
        if (last >= 0 && activation.isComponentwise() && activations.get(last).equals(activation)) {
            sizes.set(last, sizes.get(last) + size);
        } else {
            activations.add(activation);
            sizes.add(size);
        }
    }

    Activation join() {
        if (activations.size() == 1 && activations.get(0).isComponentwise()) {
            return activations.get(0);
        }
        int[] all = sizes.stream().mapToInt(Integer::intValue).toArray();
        return new BlockActivation(Partition.of(all), List.copyOf(activations));
    }
}
