package org.implicitdl.convert.reduce;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;

/**
 * Takes states out of a model without changing its outputs (§6.2): the steps in turn, until a whole pass finds nothing.
 * The outputs agree up to rounding. Immutable.
 */
public final class Reducer {
    private static final double NO_GROWTH = 1;

    private final List<ReductionStep> steps;
    private final double growth;

    private Reducer(List<ReductionStep> steps, double growth) {
        this.steps = steps;
        this.growth = growth;
    }

    /**
     * Unused, constant and duplicate states, and those that are constant or linear for all inputs, as long as there are
     * not more connections afterwards.
     */
    public static Reducer standard() {
        return new Reducer(List.of(new UnusedStates(), new ConstantStates(), new DuplicateStates()), NO_GROWTH);
    }

    /** This reducer with another step at its end. */
    public Reducer with(ReductionStep step) {
        List<ReductionStep> more = new ArrayList<>(steps);
        more.add(step);
        return new Reducer(List.copyOf(more), growth);
    }

    /**
     * This reducer, which takes out linear states as long as there are not more connections than {@code growth} times
     * those before the step.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Reducer withGrowth(double growth) {
        return new Reducer(steps, new BoundedStates(InputBox.everything(1), growth).growth());
    }

    /**
     * The smaller model, for any input.
     *
     * @throws org.implicitdl.operator.TooLargeException if the model has too many nonzeros
     */
    public Reduction reduce(ImplicitModel model) {
        return reduce(model, InputBox.everything(model.inputs()));
    }

    /**
     * The smaller model, for inputs of a box: elsewhere its outputs may be others, by any amount. Of a network that was
     * reduced before, the box should be within its {@code ImplicitNetwork.domain()}.
     *
     * @throws org.implicitdl.operator.ShapeException unless it is one box of the model's inputs
     * @throws org.implicitdl.operator.TooLargeException if the model has too many nonzeros
     */
    public Reduction reduce(ImplicitModel model, InputBox box) {
        List<ReductionStep> all = new ArrayList<>(steps);
        all.add(new BoundedStates(box, growth));
        SparseModel before = SparseModel.of(model);
        SparseModel present = before;
        List<Removal> removals = new ArrayList<>();
        int found = -1;
        for (int pass = 1; found < removals.size(); pass++) {
            found = removals.size();
            for (ReductionStep step : all) {
                int number = pass;
                Change change = step.apply(present);
                change.reasons()
                        .forEach((state, reason) -> removals.add(new Removal(number, step.name(), state, reason)));
                present = change.model();
            }
        }
        ImplicitModel reduced = removals.isEmpty() ? model : new Reassembly(model, present).model();
        return new Reduction(reduced, box, before, present, removals);
    }
}
