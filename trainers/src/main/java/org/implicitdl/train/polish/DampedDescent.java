package org.implicitdl.train.polish;

import java.util.Optional;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * The damping of a Levenberg–Marquardt run, after Nielsen (Madsen, Nielsen and Tingleff, Methods for non-linear least
 * squares problems, 2004), over whatever kind of model. It belongs to one thread.
 *
 * @param <P> the models that it goes through
 */
public final class DampedDescent<P extends DampedDescent.Point<P>> {
    private static final double LARGEST_DAMPING = 1e15;

    private final double tolerance;
    private P point;
    private QuadraticModel system;
    private double damping;
    private double growth = 2;
    private boolean finished;

    /**
     * A model with its training loss.
     *
     * @param <P> itself
     */
    public interface Point<P> {
        /** The loss; +∞ or NaN where the model has no output. */
        double loss();

        /** The gradient and the Gauss–Newton matrix of the loss. */
        QuadraticModel system();

        /** The model with weights that are smaller by a step. */
        P minus(double[] step);
    }

    /** The quadratic model of the loss at a point, ½δᵀHδ − gᵀδ for weights smaller by δ. */
    public interface QuadraticModel {
        /** The largest entry on the diagonal of H, or what stands for its size. */
        double largestDiagonal();

        /** The damping of a first step, as a share of the largest entry on the diagonal. */
        default double firstDamping() {
            return 1e-3;
        }

        /** δ = (H + μI)⁻¹g or near it, or empty if the matrix is not positive definite to rounding. */
        Optional<double[]> step(double damping);

        /** g. */
        double[] gradient();

        /**
         * The decrease gᵀδ − ½δᵀHδ that the model promises for a step δ of this damping: ½δᵀ(g + μδ), where δᵀ(H + μI)δ =
         * gᵀδ as for the solution and for an iterate of conjugate gradients.
         */
        default double predictedDecrease(double[] step, double damping) {
            double sum = 0;
            for (int i = 0; i < step.length; i++) {
                sum += step[i] * (gradient()[i] + damping * step[i]);
            }
            return 0.5 * sum;
        }
    }

    /**
     * A run from a model.
     *
     * @param tolerance the loss at which it is finished
     */
    public DampedDescent(P start, double tolerance) {
        this.point = start;
        this.tolerance = tolerance;
        this.finished = isGoodEnough();
    }

    /** The model as it is now; the loss never rises from step to step. */
    public P point() {
        return point;
    }

    /** Whether the tolerance is reached or no further step lowers the loss. */
    public boolean isFinished() {
        return finished;
    }

    /** One trial step, which is taken if it lowers the loss. */
    public void step() {
        if (system == null) {
            system = point.system();
            if (damping == 0) {
                damping = system.firstDamping() * Math.max(system.largestDiagonal(), Double.MIN_NORMAL);
            }
        }
        double[] step = system.step(damping).orElse(null);
        if (step == null) {
            reject();
            return;
        }
        P candidate = point.minus(step);
        if (candidate.loss() < point.loss()) {
            double ratio = (point.loss() - candidate.loss()) / system.predictedDecrease(step, damping);
            damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * ratio - 1, 3));
            growth = 2;
            point = candidate;
            system = null;
            finished = isGoodEnough();
        } else {
            reject();
        }
    }

    /** Writes the damping; the model is the caller's to write. */
    public void save(StateWriter writer) {
        writer.number(damping);
        writer.number(growth);
        writer.count(finished ? 1 : 0);
    }

    /** Goes on from a model, with the damping that was written. */
    public void restore(P from, StateReader reader) {
        point = from;
        system = null;
        damping = reader.number();
        growth = reader.number();
        finished = reader.count() == 1;
    }

    private boolean isGoodEnough() {
        return point.loss() <= tolerance;
    }

    private void reject() {
        damping *= growth;
        growth *= 2;
        finished = !(damping < LARGEST_DAMPING * Math.max(1, system.largestDiagonal()));
    }
}
