package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.Random;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A search for inputs of a box that change the predicted class: u ← Π(u − step·r ⊙ sign ∇m), where m is the margin of the
 * class over its strongest rival, r the radius of the box and Π the projection onto it (Madry and others, Towards deep
 * learning models resistant to adversarial attacks, 2018). What it finds bounds the robustness from above, as a
 * certificate does from below; that it finds nothing proves nothing.
 *
 * <p>An immutable configuration. Starts are the center and random points of the box, the same ones in every call.
 */
public final class ProjectedGradientAttack {
    private static final ProjectedGradientAttack DEFAULTS = new ProjectedGradientAttack(40, 0.1, 3, 0);

    private final int steps;
    private final double stepSize;
    private final int starts;
    private final long seed;

    private ProjectedGradientAttack(int steps, double stepSize, int starts, long seed) {
        this.steps = steps;
        this.stepSize = stepSize;
        this.starts = starts;
        this.seed = seed;
    }

    /** 40 steps of a tenth of the radius from 3 starts. */
    public static ProjectedGradientAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The same attack with another number of steps from each start.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public ProjectedGradientAttack withSteps(int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("The number of steps must not be negative, but is " + steps + ".");
        }
        return new ProjectedGradientAttack(steps, stepSize, starts, seed);
    }

    /**
     * The same attack with another step, in radii of the box.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ProjectedGradientAttack withStepSize(double stepSize) {
        if (!(stepSize > 0) || Double.isInfinite(stepSize)) {
            throw new IllegalArgumentException(
                    "The step must be positive and finite, but is " + stepSize + "; try 0.1 radii of the box.");
        }
        return new ProjectedGradientAttack(steps, stepSize, starts, seed);
    }

    /**
     * The same attack from another number of starts, the first of which is the center of the box.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ProjectedGradientAttack withStarts(int starts) {
        if (starts < 1) {
            throw new IllegalArgumentException("There must be at least 1 start, but there are " + starts + ".");
        }
        return new ProjectedGradientAttack(steps, stepSize, starts, seed);
    }

    /** The same attack with another seed of its random starts. */
    public ProjectedGradientAttack withSeed(long seed) {
        return new ProjectedGradientAttack(steps, stepSize, starts, seed);
    }

    /**
     * The worst inputs that were found.
     *
     * @param inputs [p, m], each within its box, in double precision
     * @param margins min ŷ_y − ŷ_j over j ≠ y at these inputs, in double precision; not positive where another
     *     output is as large or larger
     */
    public record Result(INDArray inputs, double[] margins) {

        /** The number of samples that are not classified right any more: a tie is not, as in {@link Radii}. */
        public int successes() {
            return (int) Arrays.stream(margins).filter(margin -> margin <= 0).count();
        }
    }

    /**
     * Attacks each sample in its box.
     *
     * @param classes y for each sample, from 0
     * @throws org.implicitdl.operator.ShapeException if the box does not have p inputs, or there is not one class for each
     *     sample
     * @throws IllegalArgumentException if a class is none of the outputs, or there is only one
     */
    public Result attack(ImplicitModel model, InputBox box, int... classes) {
        return attack(BoxBounds.of(model), box, classes);
    }

    Result attack(BoxBounds bounds, InputBox box, int... classes) {
        ImplicitModel model = bounds.structure().model();
        Classes.require(classes, model.outputs(), box.samples());
        Classes.requireSeveral(model.outputs());
        InputGradient gradient = new InputGradient(bounds.structure());
        INDArray best = box.project(box.center());
        double[] least = new double[classes.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Random random = new Random(seed);
        for (int start = 0; start < starts; start++) {
            INDArray u = start == 0 ? best.dup('f') : randomPoint(box, random);
            for (int k = 0; ; k++) {
                INDArray outputs = model.output(u);
                int[] rivals = Classes.rivals(outputs, classes);
                keepBetter(u, outputs, classes, rivals, best, least);
                if (k == steps) {
                    break;
                }
                INDArray slope = gradient.of(u, Classes.differences(classes, rivals, model.outputs()));
                INDArray step = Transforms.sign(slope, false).muli(box.radius()).muli(stepSize);
                u = box.project(u.sub(step));
            }
        }
        return new Result(best, least);
    }

    private static INDArray randomPoint(InputBox box, Random random) {
        double[] factors = random.doubles(box.center().length(), -1, 1).toArray();
        INDArray offset = Nd4j.createFromArray(factors)
                .castTo(DataType.DOUBLE)
                .reshape('f', box.inputs(), box.samples())
                .muli(box.radius());
        return box.project(box.center().add(offset));
    }

    private static void keepBetter(
            INDArray u, INDArray outputs, int[] classes, int[] rivals, INDArray best, double[] least) {
        for (int s = 0; s < classes.length; s++) {
            double margin = outputs.getDouble(classes[s], s) - outputs.getDouble(rivals[s], s);
            if (margin < least[s]) {
                least[s] = margin;
                best.putColumn(s, u.getColumn(s));
            }
        }
    }

    @Override
    public String toString() {
        return "projected gradient attack, " + steps + " steps of " + stepSize + " radii from " + starts + " starts";
    }
}
