package org.implicitdl.train.equilibrium;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * The states X = φ(AX + BU) of many samples, the tangents T = φ'∘(AT + F) and the adjoints V = φ'∘(AᵀV + F), in
 * double precision: by Newton's method
 * sample by sample for models of few states, and by Picard iteration of all samples at once for others. The iteration
 * starts from states that are near in training; it contracts for a non-expansive φ and ‖A‖∞ below 1.
 */
final class Equilibrium {
    /** Beyond it the cube of the order outweighs a number of products. */
    static final int SMALL = 48;

    private static final double TOLERANCE = 1e-14;
    private static final int ITERATIONS = 2000;

    private final Matrix a;
    private final FenchelActivation phi;
    private final Matrix states;
    private final Matrix slopes;

    private Equilibrium(Matrix a, FenchelActivation phi, Matrix states, Matrix slopes) {
        this.a = a;
        this.phi = phi;
        this.states = states;
        this.slopes = slopes;
    }

    /**
     * Empty if a state is not found: A is not well-posed, or too near to the border.
     *
     * @param start states that come out as they are if they solve the equation, to the tolerance
     */
    static Optional<Equilibrium> of(Matrix a, Matrix bu, FenchelActivation phi, Matrix start) {
        return a.rows() <= SMALL ? bySample(a, bu, phi, start) : byPicard(a, bu, phi, start);
    }

    private static Optional<Equilibrium> bySample(Matrix a, Matrix bu, FenchelActivation phi, Matrix start) {
        SampleEquation equation = new SampleEquation(a, phi);
        Matrix x = start.copy();
        Matrix slopes = Matrix.zeros(x.rows(), x.cols());
        for (int offset = 0; offset < x.values().length; offset += x.rows()) {
            if (!equation.solve(bu.values(), x.values(), slopes.values(), offset, TOLERANCE * x.rows())) {
                return Optional.empty();
            }
        }
        return Optional.of(new Equilibrium(a, phi, x, slopes));
    }

    private static Optional<Equilibrium> byPicard(Matrix a, Matrix bu, FenchelActivation phi, Matrix start) {
        Matrix x = start;
        for (int k = 0; k < ITERATIONS; k++) {
            Matrix z = Lapack.times(a, x).add(1, bu);
            int size = z.values().length;
            Matrix next = Matrix.zeros(z.rows(), z.cols());
            phi.values(z.values(), next.values(), 0, size);
            double change = largestChange(next, x);
            if (!(change < Double.MAX_VALUE)) {
                return Optional.empty();
            } else if (change <= TOLERANCE * a.rows() * next.maxAbs()) {
                for (int i = 0; i < size; i++) {
                    z.values()[i] = phi.derivative(z.values()[i]);
                }
                return Optional.of(new Equilibrium(a, phi, x, z));
            }
            x = next;
        }
        return Optional.empty();
    }

    /** X [n, m]. */
    Matrix states() {
        return states;
    }

    /** T = φ'∘(AT + F): how the states change when their weighted inputs are moved by F. */
    Matrix tangents(Matrix forcing) {
        return a.rows() <= SMALL
                ? bySample(forcing, SampleEquation::tangent)
                : byPicard(forcing, t -> Lapack.times(a, t));
    }

    /** V = φ'∘(AᵀV + F). */
    Matrix adjoints(Matrix forcing) {
        return a.rows() <= SMALL
                ? bySample(forcing, SampleEquation::adjoint)
                : byPicard(forcing, v -> Lapack.transposeTimes(a, v));
    }

    /** A linear equation of the derivatives, for one sample. */
    @FunctionalInterface
    private interface LinearEquation {
        void solve(SampleEquation by, double[] slopes, double[] forcing, double[] solution, int offset);
    }

    private Matrix bySample(Matrix forcing, LinearEquation linear) {
        SampleEquation equation = new SampleEquation(a, phi);
        Matrix v = Matrix.zeros(forcing.rows(), forcing.cols());
        for (int offset = 0; offset < v.values().length; offset += v.rows()) {
            linear.solve(equation, slopes.values(), forcing.values(), v.values(), offset);
        }
        return v;
    }

    private Matrix byPicard(Matrix forcing, UnaryOperator<Matrix> product) {
        Matrix v = Matrix.zeros(forcing.rows(), forcing.cols());
        double change = Double.POSITIVE_INFINITY;
        for (int k = 0; k < ITERATIONS && change > TOLERANCE * a.rows() * v.maxAbs(); k++) {
            Matrix next = product.apply(v);
            for (int i = 0; i < next.values().length; i++) {
                next.values()[i] = slopes.values()[i] * (next.values()[i] + forcing.values()[i]);
            }
            change = largestChange(next, v);
            v = next;
        }
        return v;
    }

    private static double largestChange(Matrix a, Matrix b) {
        double largest = 0;
        for (int i = 0; i < a.values().length; i++) {
            largest = Math.max(largest, Math.abs(a.values()[i] - b.values()[i]));
        }
        return largest;
    }
}
