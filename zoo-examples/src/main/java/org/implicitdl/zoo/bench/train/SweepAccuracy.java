package org.implicitdl.zoo.bench.train;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.bcd.ExactOptions;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Accuracy;
import org.implicitdl.zoo.race.Perceptron;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

/** Full-batch block coordinate descent: the accuracy after 20 sweeps. */
final class SweepAccuracy implements Measurement {
    /** Was not used to choose a setting. */
    private static final long SEED = 111;

    private final ImageSplit images;

    SweepAccuracy(ImageSplit images) {
        this.images = images;
    }

    @Override
    public String name() {
        return "sweeps";
    }

    @Override
    public String description() {
        return "784-300-10, block coordinate descent on all training images at once: accuracy on the test images";
    }

    @Override
    public List<Row> measure(Effort effort) {
        ImageSet train = effort.quick()
                ? images.train().part(0, Math.min(500, images.train().size()))
                : images.train();
        int sweeps = effort.size(20, 2);
        MultiLayerNetwork net = new Perceptron(Activation.RELU).create(train, new NoOp(), SEED);
        trainer().sweeps(sweeps).build().fit(net, train.batch(0, train.size()));
        return List.of(Row.asked(
                "accuracy of full-batch BCD after " + Count.of(sweeps, "sweep"),
                Bound.atLeast(95),
                100 * Accuracy.of(net, images.test()),
                "%"));
    }

    /** Block coordinate descent for so many samples and weights: few steps in the weights a sweep, and a ridge that fits. */
    static BcdTrainer.Builder trainer() {
        return new BcdTrainer.Builder()
                .method(BlockCoordinateDescent.exact(
                                ExactOptions.defaults().withRidge(30).withPreconditionedSteps(5))
                        .withAcceleration(5));
    }
}
