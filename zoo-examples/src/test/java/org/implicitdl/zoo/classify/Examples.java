package org.implicitdl.zoo.classify;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.data.MadeUpMnist;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.activations.Activation;

/** Classifications of made-up images that take a moment. */
public final class Examples {
    private static final int SEED = 4;

    private Examples() {}

    /** 90 images for training, 10 for validation, 60 for the test. */
    public static ImageSplit images(Path folder) {
        return ImageData.mnist(MadeUpMnist.write(folder, 100, 60), SEED);
    }

    /** So many epochs of six updates each. */
    public static ClassifierSettings settings(int epochs) {
        return settings(epochs, OptionalDouble.empty());
    }

    static ClassifierSettings settings(int epochs, OptionalDouble kappa) {
        return new ClassifierSettings(
                epochs, 16, 6, SEED, Activation.RELU, WellPosed.NORM_INF, kappa, SolverType.AUTO, 0.05);
    }

    /** What so many epochs lead to. */
    public static ClassificationResults results(Path folder, int epochs) {
        return ImageClassification.create(settings(epochs), images(folder)).run(Progress.none(), List.of());
    }
}
