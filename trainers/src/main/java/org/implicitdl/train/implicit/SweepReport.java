package org.implicitdl.train.implicit;

import java.util.List;

/**
 * What a sweep did.
 *
 * @param sweep its number, from 1
 * @param relaxation at which it was made
 * @param blocks the objective after each block, in their order
 * @param loss the loss of the model's own predictions, with states that solve the rule, over the number of samples
 */
public record SweepReport(int sweep, Relaxation relaxation, List<BlockReport> blocks, double loss) {
    public SweepReport {
        blocks = List.copyOf(blocks);
    }

    /**
     * The objective after a block's step.
     *
     * @param block the matrices that the step changed
     * @param value the objective and its parts
     */
    public record BlockReport(String block, ObjectiveValue value) {}
}
