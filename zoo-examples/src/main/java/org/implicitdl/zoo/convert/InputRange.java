package org.implicitdl.zoo.convert;

import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.structure.InputBox;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the inputs of a network can lie at all: low ≤ uᵢ ≤ high for each of them.
 *
 * @param low may be −∞
 * @param high may be ∞
 */
public record InputRange(double low, double high) {
    private static final double ROUNDING = 0x1p-23;

    /** Gray values. */
    public static final InputRange PIXELS = new InputRange(0, 1);

    /** @throws IllegalArgumentException unless low < high */
    public InputRange {
        if (!(low < high)) {
            throw new IllegalArgumentException("The inputs need a range whose low end is below its high one, but got "
                    + low + " and " + high + "; give other ends by --low and --high.");
        }
    }

    /** All inputs for which a network holds: everything, unless it was reduced for a box. */
    public static InputRange of(ImplicitNetwork network) {
        InputBox domain = network.domain();
        return new InputRange(
                domain.lower().maxNumber().doubleValue(),
                domain.upper().minNumber().doubleValue());
    }

    /** All inputs of the range as one box [p, 1]. */
    public InputBox box(int inputs) {
        return InputBox.of(inputs, low, high);
    }

    /** The inputs of the range with |u − û| ≤ σ, around each sample. */
    public InputBox around(INDArray u, double sigma) {
        return InputBox.around(u, sigma).clippedTo(low, high);
    }

    /** Whether both ends are finite. */
    public boolean isBounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /**
     * Samples of the range in double precision; those that only rounding to single precision put outside are moved onto its
     * ends.
     *
     * @param u U [p, m], not changed
     * @throws IllegalArgumentException if an input is outside
     */
    public INDArray inside(INDArray u) {
        INDArray exact = u.castTo(DataType.DOUBLE);
        INDArray moved = box((int) u.size(0)).project(exact);
        double distance = moved.sub(exact).amaxNumber().doubleValue();
        if (distance > ROUNDING * Math.max(1, exact.amaxNumber().doubleValue())) {
            throw new IllegalArgumentException("The samples must lie between " + low + " and " + high
                    + ", but range from " + u.minNumber() + " to " + u.maxNumber()
                    + "; give the ends that they have by --low and --high, or scale them.");
        }
        return moved;
    }

    @Override
    public String toString() {
        return low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY
                ? "inputs of any size"
                : "inputs in " + box(1).toString().replaceFirst(".* in ", "");
    }
}
