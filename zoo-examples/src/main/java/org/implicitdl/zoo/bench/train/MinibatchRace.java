package org.implicitdl.zoo.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.BackPropagation;
import org.implicitdl.zoo.race.BlockDescent;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Perceptron;
import org.implicitdl.zoo.race.Plan;
import org.implicitdl.zoo.race.Trainer;
import org.implicitdl.zoo.race.Training;
import org.implicitdl.zoo.report.Clock;
import org.implicitdl.zoo.report.Statistics;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Minibatch block coordinate descent and Adam, in turns, on the same training images with the same smoothed labels: how well
 * they recognize the test images, and how long they take. Each has the settings that did best of some on held-out images;
 * Adam's rate falls epoch by epoch, and it has as many epochs as it needs to come as far, which a training of fewer shows.
 */
final class MinibatchRace implements Measurement {
    private static final double TARGET = 98.2;
    private static final double STEP_LENGTH = 0.8;
    private static final double LEARNING_RATE = 2e-3;
    private static final int EPOCHS = 4;
    private static final int TOO_FEW_EPOCHS = 3;
    /** None of these was used to choose a setting. */
    private static final long FIRST_SEED = 101;

    private static final Trainer DESCENT = new BlockDescent();
    private static final Trainer ADAM = new BackPropagation("adam", LEARNING_RATE, Adam::new);

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
        return "784-300-10, labels smoothed by " + Entrant.SMOOTHING
                + ", minibatch block coordinate descent in batches of 500 and"
                + " Adam in batches of 128: accuracy on the test images, and the time of the training";
    }

    @Override
    public List<Row> measure(Effort effort) {
        int epochs = effort.size(EPOCHS, 1);
        int fewer = effort.size(TOO_FEW_EPOCHS, 1);
        int seeds = effort.size(5, 1);
        // The first of all trainings would pay for what the JVM compiles.
        train(DESCENT, STEP_LENGTH, 1, FIRST_SEED);
        train(ADAM, LEARNING_RATE, 1, FIRST_SEED);
        List<Outcome> descents = new ArrayList<>();
        List<Outcome> adams = new ArrayList<>();
        List<Outcome> shortAdams = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            descents.add(train(DESCENT, STEP_LENGTH, epochs, seed));
            adams.add(train(ADAM, LEARNING_RATE, epochs, seed));
            shortAdams.add(train(ADAM, LEARNING_RATE, fewer, seed));
        }
        List<Row> rows = new ArrayList<>(accuracies(descents, epochs));
        rows.add(accuracyOfAdam(adams, epochs));
        if (fewer < epochs) {
            rows.add(accuracyOfAdam(shortAdams, fewer));
        }
        rows.addAll(times(descents, adams, epochs));
        return rows;
    }

    private Outcome train(Trainer trainer, double value, int epochs, long seed) {
        Entrant entrant = new Entrant(new Perceptron(Activation.RELU), trainer);
        try (Training training = entrant.start(images.train(), value, Plan.ofEpochs(epochs), seed, Clock.WALL)) {
            return Outcome.of(training.network(), training::finish, images.test());
        }
    }

    private static List<Row> accuracies(List<Outcome> descents, int epochs) {
        Statistics percent = Outcome.statistics(descents, Outcome::percent);
        return List.of(
                Row.asked(
                        "accuracy of minibatch BCD after " + Count.of(epochs, "epoch") + ", mean of the seeds",
                        Bound.atLeast(TARGET),
                        percent.mean(),
                        "%"),
                Row.told("the lowest of them", percent.quantile(0), "%"));
    }

    private static Row accuracyOfAdam(List<Outcome> adams, int epochs) {
        return Row.told(
                "accuracy of Adam after " + Count.of(epochs, "epoch") + ", mean of the seeds",
                Outcome.statistics(adams, Outcome::percent).mean(),
                "%");
    }

    private static List<Row> times(List<Outcome> descents, List<Outcome> adams, int epochs) {
        double wall = mean(descents, Outcome::seconds);
        double processor = mean(descents, Outcome::processorSeconds);
        String both = ", " + Count.of(epochs, "epoch") + " each";
        return List.of(
                Row.told("wall time of a training by minibatch BCD", wall, "s"),
                Row.told("processor time of all threads in it", processor, "s"),
                Row.asked(
                        "wall time of minibatch BCD over Adam's" + both,
                        Bound.atMost(0.5),
                        wall / mean(adams, Outcome::seconds),
                        "x"),
                Row.told(
                        "processor time of all threads, of minibatch BCD over Adam's" + both,
                        processor / mean(adams, Outcome::processorSeconds),
                        "x"));
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> number) {
        return Outcome.statistics(outcomes, number).mean();
    }
}
