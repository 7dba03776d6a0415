package org.implicitdl.activation;

import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Windows;

/**
 * Pooling by a p-norm: (∑ |z|ᵖ)^(1/p) over each window, channel by channel. A state is (channels, grid) in 'c' order;
 * its first components become (channels, windows). Points outside of the grid do not take part.
 */
public final class NormPooling extends WindowedActivation {
    private final double p;

    /**
     * Pooling by the p-norm of the given number of channels.
     *
     * @throws IllegalArgumentException if p < 1, a window lies outside of the grid, or there is no channel
     */
    public NormPooling(int channels, Windows windows, double p) {
        super(channels, windows);
        if (!(p >= 1 && p < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The p of a p-norm must be at least 1 and finite, but is " + p + ".");
        }
        this.p = p;
    }

    /** The exponent. */
    public double p() {
        return p;
    }

    @Override
    double pool(Numbers z, long channel, int window) {
        double sum = 0;
        for (int k = 0; k < windows().taps(); k++) {
            int point = windows().point(k, window);
            if (point >= 0) {
                sum += Math.pow(Math.abs(z.get(channel + point)), p);
            }
        }
        return Math.pow(sum, 1 / p);
    }

    /** ∂/∂zᵢ = sign(zᵢ)(|zᵢ|/‖z‖)^(p−1); 0 at z = 0. */
    @Override
    void addGradient(Numbers z, long channel, int window, double factor, Numbers result, long at) {
        double norm = pool(z, channel, window);
        for (int k = 0; k < windows().taps(); k++) {
            int point = windows().point(k, window);
            if (point >= 0 && norm > 0) {
                double value = z.get(channel + point);
                double slope = Math.signum(value) * Math.pow(Math.abs(value) / norm, p - 1);
                result.set(at + point, result.get(at + point) + factor * slope);
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return the larger of the ℓ∞ constant K^(1/p) for windows of K taps, since ∑(|zᵢ|/‖z‖)^(p−1) ≤ K^(1/p), and of the
     *     ℓ₁ constant, the largest number of windows that share a point; that of ℓ₂ lies between
     */
    @Override
    public double lipschitz() {
        return Math.max(overlap(), Math.pow(windows().taps(), 1 / p));
    }

    @Override
    public String toString() {
        return p + "-norm pooling of " + channels() + " channels, " + windows();
    }
}
