package org.implicitdl.zoo.bench.train;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.LabelSmoothing;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.data.ImageSplit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Minibatch block coordinate descent and Adam, in turns, on the same training images with the same smoothed labels: how well
 * they recognize the test images, and how long they take. Each has the settings that did best of some on held-out images;
 * Adam's rate falls to .3 and .1 of itself in the course, and it has as many epochs as it needs to come as far, which a
 * training of fewer shows.
 */
final class MinibatchRace implements Measurement {
    private static final double TARGET = 98.2;
    private static final double SMOOTHING = 0.1;
    private static final int EPOCHS = 5;
    private static final int EPOCHS_OF_ADAM = 8;
    private static final int TOO_FEW_OF_ADAM = 5;
    /** None of these was used to choose a setting. */
    private static final long FIRST_SEED = 101;

    private final ImageSplit images;

    MinibatchRace(ImageSplit images) {
        this.images = images;
    }

    @Override
    public String name() {
        return "minibatch";
    }

    @Override
    public String description() {
        return "784-300-10, labels smoothed by " + SMOOTHING
                + ", minibatch block coordinate descent in batches of 500 and"
                + " Adam in batches of 128: accuracy on the test images, and the time of the training";
    }

    @Override
    public List<Row> measure(Effort effort) {
        int seeds = effort.size(5, 1);
        List<Course> descents = new ArrayList<>();
        List<Course> adams = new ArrayList<>();
        List<Course> shortAdams = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            descents.add(descent(seed, effort.size(EPOCHS, 1)));
            adams.add(adam(seed, effort.size(EPOCHS_OF_ADAM, 1)));
            shortAdams.add(adam(seed, effort.size(TOO_FEW_OF_ADAM, 1)));
        }
        return List.of(
                Row.asked(
                        "accuracy of minibatch BCD after " + EPOCHS + " epochs, mean of the seeds",
                        Bound.atLeast(TARGET),
                        Course.meanAccuracy(descents),
                        "%"),
                Row.told("the lowest of them", Course.leastAccuracy(descents), "%"),
                Row.told(
                        "accuracy of Adam after " + EPOCHS_OF_ADAM + " epochs, mean of the seeds",
                        Course.meanAccuracy(adams),
                        "%"),
                Row.told(
                        "accuracy of Adam after " + TOO_FEW_OF_ADAM + " epochs, mean of the seeds",
                        Course.meanAccuracy(shortAdams),
                        "%"),
                Row.told("a training of minibatch BCD", Course.meanSeconds(descents), "s"),
                Row.told(
                        "an epoch of minibatch BCD over one of Adam",
                        Course.secondsPerEpoch(descents) / Course.secondsPerEpoch(adams),
                        "x"),
                Row.asked(
                        "time of minibatch BCD, " + EPOCHS + " epochs, over Adam's, " + EPOCHS_OF_ADAM + " epochs",
                        Bound.atMost(0.5),
                        Course.meanSeconds(descents) / Course.meanSeconds(adams),
                        "x"));
    }

    private DataSetIterator batches(int size, long seed) {
        DataSetIterator batches = images.train().shuffledIterator(size, seed);
        batches.setPreProcessor(new LabelSmoothing(SMOOTHING));
        return batches;
    }

    private Course descent(long seed, int epochs) {
        MultiLayerNetwork net = Perceptron.create(images.train(), new NoOp(), Activation.RELU, seed);
        DataSetIterator batches = batches(500, seed);
        BcdTrainer trainer = new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(0.5).withWeightDecay(0.002))
                .sweeps(epochs)
                .build();
        return course(net, epochs, () -> trainer.fit(net, batches));
    }

    private Course adam(long seed, int epochs) {
        Adam adam = new Adam(new MapSchedule.Builder(ScheduleType.EPOCH)
                .add(0, 1e-3)
                .add(Math.max(1, epochs / 2), 3e-4)
                .add(Math.max(2, 3 * epochs / 4), 1e-4)
                .build());
        MultiLayerNetwork net = Perceptron.create(images.train(), adam, Activation.RELU, seed);
        DataSetIterator batches = batches(128, seed);
        return course(net, epochs, () -> net.fit(batches, epochs));
    }

    private Course course(MultiLayerNetwork net, int epochs, Runnable training) {
        long start = System.nanoTime();
        training.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Course(Perceptron.accuracy(net, images.test()), seconds, epochs);
    }
}
