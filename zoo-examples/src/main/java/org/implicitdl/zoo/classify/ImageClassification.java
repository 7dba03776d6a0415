package org.implicitdl.zoo.classify;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a network with an implicit layer to tell images apart, and judges it on images that it has not seen.
 *
 * <p>The same settings and images give the same network, bit by bit, on the same machine with the same threads.
 */
public final class ImageClassification {
    private final ClassifierSettings settings;
    private final ImageSplit images;
    private final MultiLayerNetwork network;

    private ImageClassification(ClassifierSettings settings, ImageSplit images, MultiLayerNetwork network) {
        this.settings = settings;
        this.images = images;
        this.network = network;
    }

    /**
     * Makes the network, not yet trained.
     *
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the settings contradict each other
     */
    public static ImageClassification create(ClassifierSettings settings, ImageSplit images) {
        return new ImageClassification(settings, images, ClassifierNetwork.create(settings, images.train()));
    }

    private static int updatesPerEpoch(ClassifierSettings settings, ImageSplit images) {
        return (images.train().size() + settings.batchSize() - 1) / settings.batchSize();
    }

    /** The number of steps that {@link #run} reports: the updates of the weights. */
    public int steps() {
        return settings.epochs() * updatesPerEpoch(settings, images);
    }

    /**
     * Trains and tests; to be called once.
     *
     * @param listeners of the network during training, beside those of this class
     */
    public ClassificationResults run(Progress progress, List<TrainingListener> listeners) {
        TrainingRecorder recorder = new TrainingRecorder(progress);
        network.setListeners(recorder);
        network.addListeners(listeners.toArray(TrainingListener[]::new));
        DataSetIterator batches = images.train().shuffledIterator(settings.batchSize(), settings.seed());
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            network.fit(batches);
            recorder.endEpoch(Predictions.of(network, images.validation()).accuracy());
        }
        network.setListeners(List.of());
        return new ClassificationResults(
                settings, images, recorder.epochs(), network, Predictions.of(network, images.test()));
    }
}
