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
    private final double[] bias;
    private final Matrix m;
    private final double[] s;
    private final double[] p;
    private final SmallCholesky system;

    PublishedNewton(FeedforwardLayer layer, FeedforwardLayer next, double epsilon) {
        this.phi = ((ComponentwiseLink) layer.link()).activation();
        this.next = next;
        this.epsilon = epsilon;
        this.w = next.weightsWithoutBias();
        this.bias = next.bias();
        this.s = new double[w.rows()];
        this.p = new double[w.rows()];
        this.m = Matrix.zeros(w.rows(), w.cols());
        this.system = new SmallCholesky(w.cols());
    }

    /** Writes the moved states of one sample to {@code after}; returns the norm of the gradient before the step. */
    double step(Matrix z, Matrix x, Matrix target, Matrix after, int sample, double damping, double margin) {
        int n = w.cols();
        int q = w.rows();
        double[] ws = w.values();
        double[] ms = m.values();
        int at = sample * n;
        System.arraycopy(bias, 0, s, 0, q);
        for (int a = 0; a < n; a++) {
            double xa = x.values()[at + a];
            for (int i = 0; i < q; i++) {
                s[i] += ws[i + a * q] * xa;
            }
        }
        next.link().values(s, p, 0, q);
        next.link().curvatureFactorTimes(s, p, 0, w, m);
        for (int i = 0; i < q; i++) {
            p[i] -= target.values()[i + sample * q];
        }
        double[] gradient = system.rightSide();
        system.clear(0);
        double norm = 0;
        for (int a = 0; a < n; a++) {
            double v = phi.inverse(x.values()[at + a]);
            double sum = epsilon * (v - z.values()[at + a]);
            for (int i = 0; i < q; i++) {
                sum += ws[i + a * q] * p[i];
            }
            gradient[a] = sum;
            norm += sum * sum;
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < q; i++) {
                    product += ms[i + a * q] * ms[i + b * q];
                }
                system.add(a, b, product);
            }
            system.add(a, a, epsilon / phi.derivative(v));
        }
        system.solve();
        for (int a = 0; a < n; a++) {
            double moved = x.values()[at + a] - damping * gradient[a];
            after.values()[at + a] = Math.min(phi.upperBound() - margin, Math.max(phi.lowerBound() + margin, moved));
        }
        return Math.sqrt(norm);
    }
}
