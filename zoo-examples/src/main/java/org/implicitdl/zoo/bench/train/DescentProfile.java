package org.implicitdl.zoo.bench.train;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.ImplicitClassifier;
import org.implicitdl.zoo.race.Perceptron;
import org.nd4j.linalg.activations.Activation;

/**
 * Where a sweep of block coordinate descent spends its time, and how that grows with the samples: for layers and for an
 * implicit model, on all samples at once and in minibatches. The batches are in memory. The growth is one of processor
 * time.
 */
final class DescentProfile implements Measurement {
    private static final int BATCH = 250;
    private static final ClassifierSettings MODEL = ClassifierSettings.mnist();

    private final ImageSplit images;

    DescentProfile(ImageSplit images) {
        this.images = images;
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String description() {
        return "784-300-10, and " + MODEL.stateSize()
                + " implicit states, block coordinate descent: a sweep over all training images";
    }

    private static List<Subject> subjects() {
        MinibatchDescent minibatches = MinibatchDescent.withDefaults().withWeightDecay(0.002);
        Architecture implicit = new ImplicitClassifier(MODEL);
        return List.of(
                new Subject(
                        "layers in minibatches",
                        new Perceptron(Activation.RELU),
                        new BcdTrainer.Builder().method(minibatches),
                        BATCH),
                new Subject(
                        "implicit states in minibatches",
                        implicit,
                        new BcdTrainer.Builder().method(minibatches),
                        BATCH),
                new Subject(
                        "implicit states, all samples at once",
                        implicit,
                        new BcdTrainer.Builder().method(ImplicitDescent.withDefaults()),
                        0),
                new Subject(
                        "layers, all samples at once", new Perceptron(Activation.TANH), new BcdTrainer.Builder(), 0));
    }

    @Override
    public List<Row> measure(Effort effort) {
        ImageSet train = effort.quick()
                ? images.train().part(0, Math.min(200, images.train().size()))
                : images.train();
        List<Row> rows = new ArrayList<>();
        for (Subject subject : subjects()) {
            Sweep half = subject.sweep(train.part(0, train.size() / 2));
            Sweep whole = subject.sweep(train);
            rows.add(Row.told("wall time of a sweep, " + subject.name(), whole.seconds(), "s"));
            rows.add(Row.asked(
                    "its share inside matrix products, " + subject.name(),
                    Bound.atLeast(60),
                    100 * whole.share(),
                    "%"));
            rows.add(Row.asked(
                    "its processor time over that on half of the samples; 2 is linear, " + subject.name(),
                    Bound.atMost(2.2),
                    whole.processorSeconds() / half.processorSeconds(),
                    "x"));
        }
        return rows;
    }
}
