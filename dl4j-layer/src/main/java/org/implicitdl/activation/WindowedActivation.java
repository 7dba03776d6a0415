package org.implicitdl.activation;

import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.implicitdl.kernel.Windows;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A pooling: each result is a function of the numbers of one channel in one window. */
abstract sealed class WindowedActivation implements NarrowingActivation permits MaxPooling, NormPooling {
    private final int channels;
    private final Windows windows;

    WindowedActivation(int channels, Windows windows) {
        if (channels < 1) {
            throw new IllegalArgumentException("A pooling needs at least one channel, but got " + channels + ".");
        }
        for (int p = 0; p < windows.count(); p++) {
            if (windows.inside(p) == 0) {
                throw new IllegalArgumentException("A pooling takes windows that hold a point each, but window " + p
                        + " of " + windows + " lies outside; use less padding.");
            }
        }
        this.channels = channels;
        this.windows = windows;
    }

    public final int channels() {
        return channels;
    }

    public final Windows windows() {
        return windows;
    }

    /** The larger of the numbers of points and of windows of all channels; of z the first points are read. */
    @Override
    public final int size() {
        return channels * Math.max(windows.points(), windows.count());
    }

    @Override
    public final int kept() {
        return channels * windows.count();
    }

    /** The result for a window of the channel that begins at a place. */
    abstract double pool(Numbers z, long channel, int window);

    /** Adds the derivative of that result, times a factor, to the numbers of the channel in the result. */
    abstract void addGradient(Numbers z, long channel, int window, double factor, Numbers result, long at);

    @Override
    public final void narrow(INDArray z, INDArray result) {
        Panel from = Panel.of(z);
        Panel into = Panel.into(result);
        for (int s = 0; s < from.samples(); s++) {
            long place = into.start(s);
            for (int c = 0; c < channels; c++) {
                long channel = from.start(s) + (long) c * windows.points();
                for (int p = 0; p < windows.count(); p++) {
                    into.numbers().set(place++, pool(from.numbers(), channel, p));
                }
            }
        }
    }

    @Override
    public final void transposedNarrowTimes(INDArray z, INDArray v, INDArray result) {
        Panel from = Panel.of(z);
        Panel factors = Panel.of(v);
        Panel into = Panel.into(result);
        for (int s = 0; s < from.samples(); s++) {
            long place = factors.start(s);
            for (int c = 0; c < channels; c++) {
                long offset = (long) c * windows.points();
                for (int p = 0; p < windows.count(); p++) {
                    double factor = factors.numbers().get(place++);
                    addGradient(
                            from.numbers(), from.start(s) + offset, p, factor, into.numbers(), into.start(s) + offset);
                }
            }
        }
    }

    /** The largest number of windows that share a point: the ℓ₁ norm of a Jacobian whose entries are at most 1. */
    final int overlap() {
        int[] counts = new int[windows.points()];
        int largest = 0;
        for (int k = 0; k < windows.taps(); k++) {
            for (int p = 0; p < windows.count(); p++) {
                int point = windows.point(k, p);
                if (point >= 0) {
                    largest = Math.max(largest, ++counts[point]);
                }
            }
        }
        return largest;
    }

    @Override
    public final boolean equals(Object other) {
        return other != null
                && getClass() == other.getClass()
                && toString().equals(other.toString())
                && windows.equals(((WindowedActivation) other).windows);
    }

    @Override
    public final int hashCode() {
        return 31 * channels + windows.hashCode();
    }
}
