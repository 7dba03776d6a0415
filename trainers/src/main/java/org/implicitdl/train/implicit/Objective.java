package org.implicitdl.train.implicit;

import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Parallel;

/** The parts of the relaxed objective (11). */
final class Objective {
    private Objective() {}

    /** L(Y, S) = ∑ f(y, s): ½‖Y − S‖², or the cross-entropy less the entropy of Y. */
    static double loss(Link link, Matrix y, Matrix s) {
        int q = y.rows();
        return Parallel.sumOverSamples(y.cols(), (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += link.potential(s.values(), j * q, q) + link.conjugate(y.values(), j * q, q);
                for (int i = j * q; i < (j + 1) * q; i++) {
                    sum -= y.values()[i] * s.values()[i];
                }
            }
            return sum;
        });
    }

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
}
