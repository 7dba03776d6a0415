package org.implicitdl.train.implicit;

import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.Parallel;

/** The parts of the relaxed objective (11). */
final class Objective {
    private Objective() {}

    /** ∑ᵢ λᵢ f_φ(φ(Vᵢ), Zᵢ), where P = φ(V). */
    static double divergence(FenchelActivation phi, Relaxation relaxation, Matrix v, Matrix z) {
        int n = z.rows();
        return Parallel.sumOverSamples(z.cols(), (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                for (int i = 0; i < n; i++) {
                    int at = j * n + i;
                    sum += relaxation.lambda(i) * phi.divergenceAt(v.values()[at], z.values()[at]);
                }
            }
            return sum;
        });
    }

    /** ∑ᵢ λᵢ f_φ(Pᵢ, Zᵢ), less the part ∑ λᵢφ*(Pᵢ) that does not depend on Z. */
    static double divergenceIn(FenchelActivation phi, Relaxation relaxation, Matrix p, Matrix z) {
        int n = z.rows();
        return Parallel.sumOverSamples(z.cols(), (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                for (int i = 0; i < n; i++) {
                    double zi = z.values()[j * n + i];
                    sum += relaxation.lambda(i) * (phi.potential(zi) - p.values()[j * n + i] * zi);
                }
            }
            return sum;
        });
    }

    /** The gradient Λ(φ(Z) − P) of {@link #divergenceIn} in Z. */
    static Matrix slope(FenchelActivation phi, Relaxation relaxation, Matrix p, Matrix z) {
        Matrix slope = new ComponentwiseLink(phi).values(z).add(-1, p);
        for (int i = 0; i < slope.values().length; i++) {
            slope.values()[i] *= relaxation.lambda(i % z.rows());
        }
        return slope;
    }
}
