package org.implicitdl.train.implicit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a sweep did.
 *
 * @param sweep its number, from 1
 * @param relaxation at which it was made
 * @param blocks the objective after each block, in their order
 * @param divergence ∑ᵢλᵢ f_φ(Pᵢ, (AX + BU)ᵢ)/(m max λ) after the step in (A, B): how far the states are from the rule
 * @param grows whether λ and μ are larger in the next sweep: false without a continuation, or where its bound was reached
 * @param loss the loss of the own predictions of the weights, with states that solve the rule, over the number of samples;
 *     that of the relaxed states is in the values of the blocks
 */
public record SweepReport(
        int sweep, Relaxation relaxation, List<BlockReport> blocks, double divergence, boolean grows, double loss) {
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

    @Override
    public String toString() {
        return "sweep " + sweep + " (" + relaxation + "): own loss " + loss + ", divergence " + divergence
                + (grows ? ", above its bound" : "") + ", objective "
                + blocks.stream()
                        .map(block -> block.value().total() + " after " + block.block())
                        .collect(Collectors.joining(", "));
    }
}
