package org.implicitdl.zoo.classify;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/** The network: an implicit layer from pixels to one score for each class, and a loss of the scores. */
public final class ClassifierNetwork {
    private static final String LAYER = "implicit";

    private ClassifierNetwork() {}

    /**
     * A network with initial weights, in single precision, for the cross-entropy and Adam with a falling rate.
     *
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the settings contradict each other
     */
    static MultiLayerNetwork create(ClassifierSettings settings, ImageSet images) {
        return create(
                settings,
                images,
                ClassifierLoss.CROSS_ENTROPY,
                new Adam(FallingRate.linear(settings.learningRate(), settings.epochs())));
    }

    /**
     * The same for another loss and updater; what the settings say of the training plays no part.
     *
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the settings contradict each other
     */
    public static MultiLayerNetwork create(
            ClassifierSettings settings, ImageSet images, ClassifierLoss loss, IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .dataType(DataType.FLOAT)
                .updater(updater)
                .list(layer(settings, images), loss.layer())
                .build());
        network.init();
        return network;
    }

    /** The number of parameters that such a network has. */
    public static long parameters(ClassifierSettings settings, ImageSet images) {
        ImplicitLayer layer = layer(settings, images);
        return layer.initializer().numParams(layer);
    }

    private static ImplicitLayer layer(ClassifierSettings settings, ImageSet images) {
        ImplicitLayer.Builder layer = new ImplicitLayer.Builder()
                .name(LAYER)
                .nIn(images.pixels())
                .nOut(images.classes())
                .stateSize(settings.stateSize())
                .activation(settings.activation())
                .wellPosed(settings.wellPosed())
                .solver(settings.solver());
        settings.kappa().ifPresent(layer::kappa);
        return layer.build();
    }
}
