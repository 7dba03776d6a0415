package org.implicitdl.activation;

import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Windows;

/**
 * Max pooling: the largest number of each window, channel by channel (§2.2). A state is (channels, grid) in 'c' order;
 * its first components become (channels, windows). Points outside of the grid do not take part.
 */
public final class MaxPooling extends WindowedActivation {

    /**
     * Max pooling of the given number of channels.
     *
     * @throws IllegalArgumentException if a window lies outside of the grid, or there is no channel
     */
    public MaxPooling(int channels, Windows windows) {
        super(channels, windows);
    }

    @Override
    double pool(Numbers z, long channel, int window) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < windows().taps(); k++) {
            int point = windows().point(k, window);
            if (point >= 0) {
                double value = z.get(channel + point);
                // Not Math.max, which costs more for its care about zeros; a NaN is passed on.
                largest = value > largest || value != value ? value : largest;
            }
        }
        return largest;
    }

    @Override
    void addGradient(Numbers z, long channel, int window, double factor, Numbers result, long at) {
        int best = -1;
        for (int k = 0; k < windows().taps(); k++) {
            int point = windows().point(k, window);
            if (point >= 0 && (best < 0 || z.get(channel + point) > z.get(channel + best))) {
                best = point;
            }
        }
        result.set(at + best, result.get(at + best) + factor);
    }

    /**
     * {@inheritDoc}
     *
     * @return the largest number of windows that share a point: 1 in ℓ∞, and that number in ℓ₁
     */
    @Override
    public double lipschitz() {
        return overlap();
    }

    @Override
    public String toString() {
        return "max pooling of " + channels() + " channels, " + windows();
    }
}
