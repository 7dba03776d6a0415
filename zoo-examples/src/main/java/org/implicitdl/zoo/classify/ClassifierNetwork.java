package org.implicitdl.zoo.classify;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The network: an implicit layer from pixels to one score for each class, and the softmax of the scores. */
final class ClassifierNetwork {
    private static final String LAYER = "implicit";

    private ClassifierNetwork() {}

    /**
     * A network with initial weights, in single precision.
     *
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the settings contradict each other
     */
    static MultiLayerNetwork create(ClassifierSettings settings, ImageSet images) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .dataType(DataType.FLOAT)
                .updater(new Adam(learningRate(settings)))
                .list(
                        layer(settings, images),
                        new LossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build())
                .build());
        network.init();
        return network;
    }

    /** Epoch by epoch on a line that would reach zero after the last. DL4J's PolySchedule of power 1 grows. */
    private static ISchedule learningRate(ClassifierSettings settings) {
        MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.EPOCH);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            rates.add(epoch, settings.learningRate() * (settings.epochs() - epoch) / settings.epochs());
        }
        return rates.build();
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
