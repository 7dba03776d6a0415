package org.implicitdl.activation;

/**
 * An activation map that may be a different one for each sample, such as the product with the derivatives φ'(z) of every
 * sample in the adjoint equation. It is applied to arrays [n, m] of exactly the samples that it was made for, in their
 * order; solvers that take samples out of the batch ask for the map of those that are left.
 */
public interface SampledActivation extends Activation {

    /**
     * The map of some of the samples.
     *
     * @param kept which samples, by their numbers from 0 to m − 1, in the order of the columns to come
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    SampledActivation columns(int[] kept);

    /** φ for some of the samples: φ itself unless it depends on the sample. */
    static Activation columns(Activation phi, int[] kept) {
        return phi instanceof SampledActivation sampled ? sampled.columns(kept) : phi;
    }
}
