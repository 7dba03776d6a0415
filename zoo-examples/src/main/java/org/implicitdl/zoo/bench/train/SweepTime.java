package org.implicitdl.zoo.bench.train;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Accuracy;
import org.implicitdl.zoo.race.Perceptron;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;

/** Full-batch block coordinate descent: the accuracy after 20 sweeps, and how the time of a sweep grows with the samples. */
final class SweepTime implements Measurement {
    private static final long SEED = 111;
    private static final Perceptron NETWORK = new Perceptron(Activation.TANH);

    private final ImageSplit images;

    SweepTime(ImageSplit images) {
        this.images = images;
    }

    @Override
    public String name() {
        return "sweeps";
    }

    @Override
    public String description() {
        return "784-300-10, block coordinate descent on all training images at once: accuracy on the test images, and the"
                + " time of a sweep against that on half of them";
    }

    @Override
    public List<Row> measure(Effort effort) {
        ImageSet train = effort.quick()
                ? images.train().part(0, Math.min(500, images.train().size()))
                : images.train();
        double half = secondsOfASweep(train.part(0, train.size() / 2));
        double whole = secondsOfASweep(train);
        int sweeps = effort.size(20, 2);
        MultiLayerNetwork net = NETWORK.create(train, new NoOp(), SEED);
        new BcdTrainer.Builder().sweeps(sweeps).build().fit(net, all(train));
        return List.of(
                Row.asked(
                        "accuracy of full-batch BCD after " + sweeps + " sweeps",
                        Bound.atLeast(95),
                        100 * Accuracy.of(net, images.test()),
                        "%"),
                Row.told("a sweep", whole, "s"),
                Row.told("a sweep over one on half of the samples; 2 is linear", whole / half, "x"));
    }

    private static DataSet all(ImageSet images) {
        return images.batch(0, images.size());
    }

    /** The second of two sweeps: the first warms up. */
    private static double secondsOfASweep(ImageSet images) {
        MultiLayerNetwork net = NETWORK.create(images, new NoOp(), SEED);
        var training = new BcdTrainer.Builder().sweeps(2).build().start(net, all(images));
        training.iterate();
        long start = System.nanoTime();
        training.iterate();
        return (System.nanoTime() - start) / 1e9;
    }
}
