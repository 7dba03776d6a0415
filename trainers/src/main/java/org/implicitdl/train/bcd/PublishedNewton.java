package org.implicitdl.train.bcd;

import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/**
 * One damped Newton step in the states x of a sample, as published: gradient Wᵀ(φ₊(Wx) − x₊) + ε(φ⁻¹(x) − z) and Hessian
 * Wᵀ diag(φ₊') W + ε diag((φ⁻¹)'(x)), each times the weight of the layer above.
 */
final class PublishedNewton {
    private final FenchelActivation phi;
    private final FeedforwardLayer next;
    private final double epsilon;
    private final Matrix w;
    private final Matrix m;
    private final SmallCholesky system;

    PublishedNewton(FeedforwardLayer layer, FeedforwardLayer next, double epsilon) {
        this.phi = ((ComponentwiseLink) layer.link()).activation();
        this.next = next;
        this.epsilon = epsilon;
        this.w = next.weightsWithoutBias();
        this.m = Matrix.zeros(w.rows(), w.cols());
        this.system = new SmallCholesky(w.cols());
    }

    /** Writes the moved states of one sample to {@code after}; returns the norm of the gradient before the step. */
    double step(Matrix z, Matrix x, Matrix target, Matrix after, int sample, double damping, double margin) {
        int n = w.cols();
        int q = w.rows();
        double[] s = next.bias();
        for (int a = 0; a < n; a++) {
            for (int i = 0; i < q; i++) {
                s[i] += w.get(i, a) * x.get(a, sample);
            }
        }
        double[] p = new double[q];
        next.link().values(s, p, 0, q);
        next.link().curvatureFactorTimes(s, p, 0, w, m);
        double[] gradient = system.rightSide();
        system.clear(0);
        double norm = 0;
        for (int a = 0; a < n; a++) {
            double v = phi.inverse(x.get(a, sample));
            gradient[a] = epsilon * (v - z.values()[a + sample * n]);
            for (int i = 0; i < q; i++) {
                gradient[a] += w.get(i, a) * (p[i] - target.values()[i + sample * q]);
            }
            norm += gradient[a] * gradient[a];
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < q; i++) {
                    product += m.get(i, a) * m.get(i, b);
                }
                system.add(a, b, product + (a == b ? epsilon / phi.derivative(v) : 0));
            }
        }
        system.solve();
        for (int a = 0; a < n; a++) {
            double moved = x.get(a, sample) - damping * gradient[a];
            after.values()[a + sample * n] =
                    Math.min(phi.upperBound() - margin, Math.max(phi.lowerBound() + margin, moved));
        }
        return Math.sqrt(norm);
    }
}
