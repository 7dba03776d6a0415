package org.implicitdl.convert.reduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;

/**
 * What a reduction came to.
 *
 * @param model the smaller model; the original if nothing was found. If no state is left, it has one that does nothing,
 *     since a model has at least one
 * @param box the inputs for which it puts out the same as the original
 * @param before the nonzeros of the original
 * @param after the nonzeros of the smaller model
 * @param removals the states that left, in the order in which they did
 */
public record Reduction(
        ImplicitModel model, InputBox box, SparseModel before, SparseModel after, List<Removal> removals) {
    private static final int NAMES = 4;

    /** Copies the list. */
    public Reduction {
        removals = List.copyOf(removals);
    }

    /** The numbers, in the original model, of the states that stayed. */
    public int[] kept() {
        return after.origins();
    }

    /** {@link #report(IntFunction)} with states by their numbers. */
    public String report() {
        return report(i -> "x" + i);
    }

    /**
     * A table of what left in which pass, how many, the first of them by name, and why; and the inputs for which that holds, and the
     * sizes before and after.
     *
     * @param name the name of a state of the original model by its number
     */
    public String report(IntFunction<String> name) {
        Map<String, List<Removal>> groups = removals.stream()
                .collect(Collectors.groupingBy(
                        removal -> String.format("%4d  %-10s", removal.pass(), removal.step()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "states %d -> %d, connections %d -> %d%nthe same outputs for %s%npass  step        states  which, and why the first%n",
                before.states(),
                after.states(),
                before.connections(),
                after.connections(),
                box));
        groups.forEach((head, group) -> text.append(String.format(
                Locale.ROOT,
                "%s  %6d  %s%s: %s%n",
                head,
                group.size(),
                group.stream()
                        .limit(NAMES)
                        .map(removal -> name.apply(removal.state()))
                        .collect(Collectors.joining(", ")),
                group.size() > NAMES ? ", …" : "",
                group.get(0).reason())));
        return text.toString();
    }
}
