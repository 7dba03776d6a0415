package org.implicitdl.convert.certify;

import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A φ that acts on each component by one function, monotone between its turning points t: the image of [l, h] is spanned
 * by φ(l), φ(h), and φ at each t that lies between.
 */
final class PiecewiseIntervals implements IntervalActivation {
    private static final int SEARCH_STEPS = 200;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final Activation phi;
    private final double lipschitz;
    private final double[] turningPoints;

    private PiecewiseIntervals(Activation phi, double lipschitz, double... turningPoints) {
        this.phi = phi;
        this.lipschitz = lipschitz;
        this.turningPoints = turningPoints;
    }

    /** A φ that turns at the given points only. */
    static PiecewiseIntervals of(Activation phi, double lipschitz, double... turningPoints) {
        return new PiecewiseIntervals(phi, lipschitz, turningPoints);
    }

    /**
     * A φ that decreases up to one point within a bracket and increases after it, such as swish. The point is found by
     * golden section, to the square root of the precision, which gives the least value to the precision itself.
     */
    static PiecewiseIntervals valley(Activation phi, double lipschitz, double from, double to) {
        double low = from;
        double high = to;
        for (int k = 0; k < SEARCH_STEPS && high - low > 1e-9; k++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (value(phi, left) < value(phi, right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return new PiecewiseIntervals(phi, lipschitz, (low + high) / 2);
    }

    private static double value(Activation phi, double z) {
        return phi.apply(Nd4j.createFromArray(new double[][] {{z}})).getDouble(0);
    }

    @Override
    public Box image(Box z) {
        INDArray l = z.lower();
        INDArray h = z.upper();
        INDArray atL = phi.apply(l);
        INDArray atH = phi.apply(h);
        INDArray lower = Transforms.min(atL, atH, true);
        INDArray upper = Transforms.max(atL, atH, true);
        for (double t : turningPoints) {
            INDArray turn = phi.apply(Transforms.min(Transforms.max(l, t, true), h, false));
            // Golden section leaves the value at the turning point this uncertain.
            INDArray slack = Outward.ofValues(turn).addi(1e-15);
            lower = Transforms.min(lower, turn.sub(slack), false);
            upper = Transforms.max(upper, turn.add(slack), false);
        }
        return Box.between(lower.subi(Outward.ofValues(lower)), upper.addi(Outward.ofValues(upper)));
    }

    @Override
    public Optional<INDArray> slopes(Box z) {
        return Optional.of(
                Nd4j.valueArrayOf(z.center().shape(), lipschitz, z.center().dataType()));
    }

    @Override
    public double lipschitz() {
        return lipschitz;
    }

    @Override
    public boolean isComponentwise() {
        return true;
    }
}
