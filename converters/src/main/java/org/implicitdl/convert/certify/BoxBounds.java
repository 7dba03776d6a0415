package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Bounds on the states and outputs of a model for all inputs of a box |u − û| ≤ σ (16).
 *
 * <p>Three of them, each of which holds by itself:
 * <ul>
 *   <li>by perturbation (§5): |x − x̂| ≤ (I − L|A|)⁻¹L|B|σ and |ŷ − ŷ(û)| ≤ |C||x − x̂| + |D|σ;
 *   <li>by intervals: boxes are carried from block to block, and around each cycle until they no longer shrink; never
 *       wider than by perturbation, up to rounding;
 *   <li>by linear functions below and above φ, from the output back to the input; exact for affine models.
 * </ul>
 *
 * <p>They hold for the exact outputs and for those that are computed in double precision: the boxes are widened by a
 * bound of the rounding. They do not hold to the last bit for outputs that a model of type FLOAT computes in single
 * precision: those deviate by their own rounding besides, about 1e-6 of the outputs, or a few times that in deep networks.
 * The bounds are of the exact function of the stored weights; {@code model.output(u.castTo(DOUBLE))} lies within. Matrices are used by products with M, Mᵀ and |M|, so that structure is kept. Immutable; all samples are
 * bounded at once, and need some four arrays of states.
 */
public final class BoxBounds {
    private final Structure structure;

    private BoxBounds(Structure structure) {
        this.structure = structure;
    }

    /**
     * The bounds of a model, whose |A|, |B|, |C|, |D| are formed here once.
     *
     * @throws UnboundedException if an activation is unknown and has no Lipschitz constant
     * @throws org.implicitdl.wellposed.IllPosedException if the model has no certificate of well-posedness
     */
    public static BoxBounds of(ImplicitModel model) {
        return new BoxBounds(Structure.of(model));
    }

    /** The model, its states in the order in which they are bounded. */
    Structure structure() {
        return structure;
    }

    /**
     * Bounds on the states X [n, m], by intervals.
     *
     * @throws ShapeException if the box does not have p inputs
     * @throws UnboundedException if the certificate of a cycle does not bound how far its states move
     */
    public Bounds states(InputBox box) {
        Enclosure enclosure = enclose(box);
        INDArray lower = Gains.stack(enclosure.states().stream().map(Box::lower).toList());
        INDArray upper = Gains.stack(enclosure.states().stream().map(Box::upper).toList());
        return new Bounds(structure.restore(lower), structure.restore(upper));
    }

    /**
     * How far the states and outputs can move: |x − x'| ≤ (I − L|A|)⁻¹L|B|σ for any two inputs with |u − u'| ≤ σ,
     * wherever they are.
     *
     * @param sigma σ [p, m], a deviation in each column
     * @return an array [n, m]
     * @throws ShapeException if σ does not have p rows
     * @throws UnboundedException if φ has no Lipschitz constant, or a cycle's certificate gives no bound
     */
    public INDArray stateDeviation(INDArray sigma) {
        return structure.restore(Gains.global(structure).states(deviation(sigma)));
    }

    /**
     * How far the outputs can move: |ŷ − ŷ'| ≤ (|C|(I − L|A|)⁻¹L|B| + |D|)σ for any two inputs with |u − u'| ≤ σ.
     *
     * @param sigma σ [p, m], a deviation in each column
     * @return an array [q, m]
     * @throws ShapeException if σ does not have p rows
     * @throws UnboundedException if φ has no Lipschitz constant, or a cycle's certificate gives no bound
     */
    public INDArray outputDeviation(INDArray sigma) {
        return Gains.global(structure).times(deviation(sigma));
    }

    private INDArray deviation(INDArray sigma) {
        return InputBox.around(Nd4j.zeros(DataType.DOUBLE, sigma.shape()), requireInputs(sigma))
                .radius();
    }

    private INDArray requireInputs(INDArray sigma) {
        if (sigma.rank() != 2 || sigma.size(0) != structure.model().inputs()) {
            throw new ShapeException(
                    "The deviations sigma must be [" + structure.model().inputs() + ", samples], but have the shape "
                            + Arrays.toString(sigma.shape()) + ".");
        }
        return sigma;
    }

    /** Bounds on the outputs by perturbation of those at the centers, the paper's; throws as {@link #outputDeviation}. */
    public Bounds outputsByPerturbation(InputBox box) {
        Box inputs = Box.of(box);
        INDArray center = requireInputs(inputs.center());
        Enclosure atCenter = Enclosure.of(structure, Box.point(center));
        Box y = structure.readOut(atCenter.states(), atCenter.inputs());
        INDArray moved = Gains.global(structure).times(inputs.radius());
        return Bounds.of(
                new Box(y.center(), Outward.widen(y.center(), y.radius().add(moved))));
    }

    /** Bounds on the outputs by intervals; throws as {@link #states}. */
    public Bounds outputsByIntervals(InputBox box) {
        return Bounds.of(outputs(enclose(box)));
    }

    /** Bounds on the outputs by linear functions; throws as {@link #states}. */
    public Bounds outputsByLinearBounds(InputBox box) {
        LinearBounds linear = new LinearBounds(structure, enclose(box));
        return new Bounds(each(box, linear::below, 1), each(box, linear::below, -1));
    }

    /**
     * The tighter of the bounds by intervals and by linear functions, for each output and sample: for q outputs, 2q
     * passes back through the model.
     *
     * @throws ShapeException if the box does not have p inputs
     * @throws UnboundedException if the certificate of a cycle does not bound how far its states move
     */
    public Bounds outputs(InputBox box) {
        Enclosure enclosure = enclose(box);
        Box y = outputs(enclosure);
        LinearBounds linear = new LinearBounds(structure, enclosure);
        return new Bounds(
                Transforms.max(y.lower(), each(box, linear::below, 1), false),
                Transforms.min(y.upper(), each(box, linear::below, -1), false));
    }

    /** The bounds sign·(lower bound of sign·ŷᵢ) of every output. */
    private INDArray each(InputBox box, UnaryOperator<INDArray> below, int sign) {
        int q = structure.model().outputs();
        INDArray[] rows = new INDArray[q];
        for (int i = 0; i < q; i++) {
            INDArray v = Nd4j.zeros(DataType.DOUBLE, q, box.samples());
            v.getRow(i).assign(sign);
            rows[i] = below.apply(v).muli(sign);
        }
        return Nd4j.vstack(rows);
    }

    private Box outputs(Enclosure enclosure) {
        Box y = structure.readOut(enclosure.states(), enclosure.inputs());
        return new Box(y.center(), Outward.widen(y.center(), y.radius()));
    }

    /**
     * Lower bounds of the margins ŷ_y − ŷ_j of each sample's class y over every class j. The rows C_y − C_j and D_y − D_j
     * are formed, so that what the two outputs have in common cancels.
     *
     * @param classes y for each sample, from 0
     * @return an array [q, m]; 0 where j = y
     * @throws ShapeException if the box does not have p inputs, or there is not one class for each sample
     * @throws IllegalArgumentException if a class is none of the outputs
     * @throws UnboundedException if the certificate of a cycle does not bound how far its states move
     */
    public INDArray margins(InputBox box, int... classes) {
        int q = structure.model().outputs();
        Classes.require(classes, q, box.samples());
        LinearBounds linear = new LinearBounds(structure, enclose(box));
        INDArray[] rows = new INDArray[q];
        for (int j = 0; j < q; j++) {
            INDArray v = Classes.differences(classes, j, q);
            INDArray wholeWay = linear.below(v);
            rows[j] = Transforms.max(wholeWay, linear.belowByStates(v), false);
        }
        INDArray margins = Nd4j.vstack(rows);
        for (int s = 0; s < classes.length; s++) {
            margins.putScalar(classes[s], s, 0);
        }
        return margins;
    }

    /**
     * Upper bounds of the cross-entropy log ∑ⱼ exp ŷⱼ − ŷ_y (4) of one-hot targets: log ∑ⱼ exp(−mⱼ) with the margins m
     * above. It is at most the bound of §5.4, which takes both terms apart.
     *
     * @param classes y for each sample, from 0
     * @return a bound for each sample
     * @throws ShapeException as {@link #margins}
     * @throws UnboundedException as {@link #margins}
     */
    public double[] worstCaseCrossEntropy(InputBox box, int... classes) {
        INDArray margins = margins(box, classes);
        double[] losses = new double[classes.length];
        for (int s = 0; s < losses.length; s++) {
            INDArray negative = margins.getColumn(s).neg();
            double largest = negative.maxNumber().doubleValue();
            double sum =
                    Transforms.exp(negative.subi(largest), false).sumNumber().doubleValue();
            double loss = largest + Math.log(sum);
            losses[s] = loss + Outward.sums(margins.size(0)) * (Math.abs(largest) + 1);
        }
        return losses;
    }

    Enclosure enclose(InputBox box) {
        Box inputs = Box.of(box);
        requireInputs(inputs.center());
        return Enclosure.of(structure, inputs);
    }
}
