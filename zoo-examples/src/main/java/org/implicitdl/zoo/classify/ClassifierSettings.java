package org.implicitdl.zoo.classify;

import java.util.OptionalDouble;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.nd4j.linalg.activations.Activation;

/**
 * What a user can choose about a classifier and its training.
 *
 * @param epochs how often each training image is seen
 * @param batchSize images for one update
 * @param stateSize the number n of states
 * @param seed of the initial weights, the order of the images, and the choice of those for validation
 * @param activation φ
 * @param wellPosed how the equation is kept well-posed
 * @param kappa its bound κ; empty for the layer's default
 * @param solver what finds the state
 * @param learningRate of Adam at the start; it falls in every epoch, on a line that ends at zero
 */
public record ClassifierSettings(
        int epochs,
        int batchSize,
        int stateSize,
        long seed,
        Activation activation,
        WellPosed wellPosed,
        OptionalDouble kappa,
        SolverType solver,
        double learningRate) {
    /** @throws IllegalArgumentException if a number is not positive */
    public ClassifierSettings {
        requirePositive("number of epochs", epochs);
        requirePositive("batch size", batchSize);
        requirePositive("number of states", stateSize);
        requirePositive("learning rate", learningRate);
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The " + what + " must be positive, but is " + value + ".");
        }
    }

    /** For the 8 by 8 pixels of the UCI digits. */
    public static ClassifierSettings digits() {
        return defaults(40, 32, 64, 4e-3);
    }

    /** For the 28 by 28 pixels of MNIST. */
    public static ClassifierSettings mnist() {
        return defaults(10, 64, 128, 3e-3);
    }

    /** The same with another number of states. */
    public ClassifierSettings withStateSize(int states) {
        return new ClassifierSettings(
                epochs, batchSize, states, seed, activation, wellPosed, kappa, solver, learningRate);
    }

    /** The same with another bound κ. */
    public ClassifierSettings withKappa(double bound) {
        return new ClassifierSettings(
                epochs,
                batchSize,
                stateSize,
                seed,
                activation,
                wellPosed,
                OptionalDouble.of(bound),
                solver,
                learningRate);
    }

    /** The same with another seed. */
    public ClassifierSettings withSeed(long other) {
        return new ClassifierSettings(
                epochs, batchSize, stateSize, other, activation, wellPosed, kappa, solver, learningRate);
    }

    private static ClassifierSettings defaults(int epochs, int batchSize, int stateSize, double learningRate) {
        return new ClassifierSettings(
                epochs,
                batchSize,
                stateSize,
                1,
                Activation.RELU,
                WellPosed.NORM_INF,
                OptionalDouble.empty(),
                SolverType.AUTO,
                learningRate);
    }
}
