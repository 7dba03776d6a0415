package org.implicitdl.zoo.race;

import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.classify.ClassifierLoss;
import org.implicitdl.zoo.classify.ClassifierNetwork;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The implicit model ŷ = Cx + Du + d, x = φ(Ax + Bu + b), and the softmax of ŷ.
 *
 * @param settings its number of states, φ, and how the equation is kept well-posed and solved
 */
public record ImplicitClassifier(ClassifierSettings settings) implements Architecture {

    /**
     * The one whose number of parameters is the closest to that of the {@link Perceptron} for the same images.
     *
     * @param settings the number of states in them plays no part
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if they contradict each other
     */
    public static ImplicitClassifier ofThePerceptronsSize(ClassifierSettings settings, ImageSet images) {
        long wanted = Perceptron.parameters(images);
        int states = 1;
        while (parameters(settings, states, images) < wanted) {
            states++;
        }
        long above = parameters(settings, states, images) - wanted;
        boolean fewer = states > 1 && wanted - parameters(settings, states - 1, images) < above;
        return new ImplicitClassifier(settings.withStateSize(fewer ? states - 1 : states));
    }

    private static long parameters(ClassifierSettings settings, int states, ImageSet images) {
        return ClassifierNetwork.parameters(settings.withStateSize(states), images);
    }

    @Override
    public String id() {
        return "implicit";
    }

    @Override
    public String description() {
        return "an implicit layer, " + settings.stateSize() + " states, activation "
                + settings.activation().toString().toLowerCase(Locale.ROOT) + ", well-posed by " + settings.wellPosed()
                + (settings.kappa().isPresent()
                        ? " with κ = " + settings.kappa().getAsDouble()
                        : "");
    }

    @Override
    public MultiLayerNetwork create(ImageSet images, IUpdater updater, long seed) {
        return ClassifierNetwork.create(settings.withSeed(seed), images, ClassifierLoss.CROSS_ENTROPY, updater);
    }
}
