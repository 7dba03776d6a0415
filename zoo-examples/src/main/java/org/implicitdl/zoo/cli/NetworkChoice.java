package org.implicitdl.zoo.cli;

import java.util.List;
import java.util.Locale;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.ImplicitClassifier;
import org.implicitdl.zoo.race.Perceptron;

/** Which networks a race of trainers is held with. */
enum NetworkChoice {
    DENSE {
        @Override
        List<Architecture> architectures(ClassifierSettings settings, ImageSet images) {
            return List.of(new Perceptron(settings.activation()));
        }
    },
    IMPLICIT {
        @Override
        List<Architecture> architectures(ClassifierSettings settings, ImageSet images) {
            return List.of(ImplicitClassifier.ofThePerceptronsSize(settings, images));
        }
    },
    BOTH {
        @Override
        List<Architecture> architectures(ClassifierSettings settings, ImageSet images) {
            return List.of(
                    new Perceptron(settings.activation()), ImplicitClassifier.ofThePerceptronsSize(settings, images));
        }
    };

    /**
     * The networks.
     *
     * @param settings their activation, and all of the implicit layer but its size
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the settings contradict each other
     */
    abstract List<Architecture> architectures(ClassifierSettings settings, ImageSet images);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
