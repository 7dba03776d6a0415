package org.implicitdl.convert.certify;

import java.util.Optional;
import java.util.Set;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A nondecreasing φ: the image of [l, h] is [φ(l), φ(h)].
 *
 * <p>Linear functions are the chord and the tangent where φ is convex or concave on the interval, and elsewhere two
 * parallels of the least slope s, since φ(z) − sz is nondecreasing.
 */
final class FenchelIntervals implements IntervalActivation {
    /** How φ' behaves, on which the ranges of slopes rest. */
    private enum Curvature {
        CONVEX,
        /** φ' is even and does not increase with |z|, so that φ is convex below 0 and concave above. */
        SIGMOID,
        UNKNOWN
    }

    private static final Set<FenchelActivation> SIGMOIDS = Set.of(
            Activations.tanh(),
            Activations.sigmoid(),
            Activations.hardTanh(),
            Activations.softsign(),
            Activations.arctan());
    private static final double ROUNDING = 0x1p-46;

    private final FenchelActivation phi;
    private final Curvature curvature;

    private FenchelIntervals(FenchelActivation phi, Curvature curvature) {
        this.phi = phi;
        this.curvature = curvature;
    }

    static FenchelIntervals of(FenchelActivation phi) {
        return new FenchelIntervals(phi, curvature(phi));
    }

    private static Curvature curvature(FenchelActivation phi) {
        if (SIGMOIDS.contains(phi)) {
            return Curvature.SIGMOID;
        }
        // ReLU, leaky ReLU with a slope below 1, the identity.
        boolean isConvex = phi.isPositivelyHomogeneous()
                || phi.equals(Activations.softplus())
                // ELU, whose range begins at −α, is convex unless its slope α before 0 exceeds that after.
                || (phi.lowerBound() >= -1 && phi.lowerBound() < 0 && phi.equals(Activations.elu(-phi.lowerBound())));
        return isConvex ? Curvature.CONVEX : Curvature.UNKNOWN;
    }

    @Override
    public Box image(Box z) {
        INDArray lower = phi.apply(z.lower());
        INDArray upper = phi.apply(z.upper());
        return Box.between(lower.subi(Outward.ofValues(lower)), upper.addi(Outward.ofValues(upper)));
    }

    @Override
    public Optional<INDArray> slopes(Box z) {
        Matrix lower = Matrix.copyOf(z.lower());
        Matrix upper = Matrix.copyOf(z.upper());
        double[] slopes = lower.values();
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = Math.min(phi.lipschitz(), largestSlope(lower.values()[i], upper.values()[i]) * (1 + ROUNDING));
        }
        return Optional.of(lower.toArray(DataType.DOUBLE));
    }

    private double largestSlope(double l, double h) {
        return switch (curvature) {
            case CONVEX -> phi.derivative(h);
            case SIGMOID -> phi.derivative(Math.max(l, Math.min(h, 0)));
            case UNKNOWN -> phi.lipschitz();
        };
    }

    private double leastSlope(double l, double h) {
        return switch (curvature) {
            case CONVEX -> phi.derivative(l);
            case SIGMOID -> Math.min(phi.derivative(l), phi.derivative(h));
            case UNKNOWN -> 0;
        };
    }

    @Override
    public Optional<Relaxation> relax(Box z) {
        Matrix lower = Matrix.copyOf(z.lower());
        Matrix upper = Matrix.copyOf(z.upper());
        Matrix[] lines = new Matrix[4];
        for (int k = 0; k < lines.length; k++) {
            lines[k] = Matrix.zeros(lower.rows(), lower.cols());
        }
        double[] line = new double[4];
        for (int i = 0; i < lower.values().length; i++) {
            relax(lower.values()[i], upper.values()[i], line);
            for (int k = 0; k < lines.length; k++) {
                lines[k].values()[i] = line[k];
            }
        }
        return Optional.of(new Relaxation(
                lines[0].toArray(DataType.DOUBLE),
                lines[1].toArray(DataType.DOUBLE),
                lines[2].toArray(DataType.DOUBLE),
                lines[3].toArray(DataType.DOUBLE)));
    }

    /** Puts α₁, β₁, α₂, β₂ for the interval [l, h] into the line. */
    private void relax(double l, double h, double[] line) {
        double atL = phi.value(l);
        double atH = phi.value(h);
        double chord = h > l ? Math.max(0, Math.min(phi.lipschitz(), (atH - atL) / (h - l))) : 0;
        double middle = l + (h - l) / 2;
        double slope = phi.derivative(middle);
        double tangent = phi.value(middle) - slope * middle;
        double least = leastSlope(l, h);
        // Whatever slopes rounding left, the offsets are taken at the points where the extremes lie.
        if (curvature != Curvature.UNKNOWN && least == largestSlope(l, h)) {
            double atLeast = atL - least * l;
            double atMost = atH - least * h;
            put(line, least, Math.min(atLeast, atMost), least, Math.max(atLeast, atMost));
        } else if (curvature == Curvature.CONVEX || (curvature == Curvature.SIGMOID && h <= 0)) {
            put(line, slope, tangent, chord, Math.max(atL - chord * l, atH - chord * h));
        } else if (curvature == Curvature.SIGMOID && l >= 0) {
            put(line, chord, Math.min(atL - chord * l, atH - chord * h), slope, tangent);
        } else {
            double below = least * (1 - ROUNDING);
            put(line, below, atL - below * l, below, atH - below * h);
        }
        // φ, φ' and the products are rounded: relative to all that went into the offsets.
        double reach = Math.max(Math.abs(l), Math.abs(h));
        double size = Math.max(Math.abs(atL), Math.abs(atH)) + Math.max(line[0], line[2]) * reach;
        line[1] -= ROUNDING * size;
        line[3] += ROUNDING * size;
    }

    private static void put(double[] line, double lowerSlope, double lower, double upperSlope, double upper) {
        line[0] = lowerSlope;
        line[1] = lower;
        line[2] = upperSlope;
        line[3] = upper;
    }

    @Override
    public double lipschitz() {
        return phi.lipschitz();
    }

    @Override
    public boolean isComponentwise() {
        return true;
    }
}
