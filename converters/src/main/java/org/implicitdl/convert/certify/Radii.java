package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.operator.ShapeException;

/**
 * The predicted classes of samples, with a radius σ for each such that every input with ‖u − û‖∞ ≤ σ (in the domain, if
 * there is one) is classified alike. A sample is classified right if the output of its class is larger than every other;
 * one that is as large makes it wrong, in whatever order the outputs are.
 *
 * @param predicted the class of the largest output at û; −1 if several are the largest
 * @param certified the largest σ that was proven; 0 if none was
 * @param byLipschitz the radius that follows from the model's derivatives everywhere; at most {@code certified}
 */
public record Radii(int[] predicted, double[] certified, double[] byLipschitz) {

    /** @throws ShapeException if the lengths differ */
    public Radii {
        if (predicted.length != certified.length || certified.length != byLipschitz.length) {
            throw new ShapeException("There is one class and one radius of each kind for each sample, but "
                    + predicted.length + ", " + certified.length + " and " + byLipschitz.length + " were given.");
        }
        predicted = predicted.clone();
        certified = certified.clone();
        byLipschitz = byLipschitz.clone();
    }

    /** The classes, as a copy. */
    @Override
    public int[] predicted() {
        return predicted.clone();
    }

    /** The certified radii, as a copy. */
    @Override
    public double[] certified() {
        return certified.clone();
    }

    /** The radii by derivatives, as a copy. */
    @Override
    public double[] byLipschitz() {
        return byLipschitz.clone();
    }

    /**
     * The share of samples that are classified right.
     *
     * @param labels the right class of each sample
     * @throws ShapeException if there is not one label for each sample
     */
    public double cleanAccuracy(int... labels) {
        return certifiedAccuracy(0, labels);
    }

    /**
     * The share of samples that are proven to be classified right wherever the input lies in ‖u − û‖∞ ≤ σ.
     *
     * @param labels the right class of each sample
     * @throws ShapeException if there is not one label for each sample
     */
    public double certifiedAccuracy(double sigma, int... labels) {
        if (labels.length != predicted.length) {
            throw new ShapeException("There must be a label for each of the " + predicted.length + " samples, but "
                    + labels.length + " were given.");
        }
        return IntStream.range(0, labels.length)
                        .filter(s -> predicted[s] == labels[s] && certified[s] >= sigma)
                        .count()
                / (double) labels.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Radii that
                && Arrays.equals(predicted, that.predicted)
                && Arrays.equals(certified, that.certified)
                && Arrays.equals(byLipschitz, that.byLipschitz);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(predicted) + Arrays.hashCode(certified);
    }

    @Override
    public String toString() {
        return predicted.length + " samples, mean certified radius "
                + Arrays.stream(certified).average().orElse(0);
    }
}
