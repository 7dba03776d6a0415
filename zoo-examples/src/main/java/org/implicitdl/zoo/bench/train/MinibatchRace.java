package org.implicitdl.zoo.bench.train;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Curve;
import org.implicitdl.zoo.race.CurvePoint;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Perceptron;
import org.implicitdl.zoo.race.Plan;
import org.implicitdl.zoo.race.Track;
import org.implicitdl.zoo.race.Trainers;
import org.implicitdl.zoo.report.Clock;
import org.implicitdl.zoo.report.Statistics;
import org.nd4j.linalg.activations.Activation;

/**
 * Minibatch block coordinate descent and Adam, in turns, on the same training images with the same smoothed labels: how well
 * they recognize the test images, and how long they take. Each has the settings that did best of some on held-out images;
 * Adam's rate falls to .3 and .1 of itself in the course, and it has as many epochs as it needs to come as far, which a
 * training of fewer shows.
 */
final class MinibatchRace implements Measurement {
    private static final double TARGET = 98.2;
    private static final double STEP_LENGTH = 0.8;
    private static final double LEARNING_RATE = 2e-3;
    private static final int EPOCHS = 4;
    private static final int EPOCHS_OF_ADAM = 4;
    private static final int TOO_FEW_OF_ADAM = 3;
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
        return "784-300-10, labels smoothed by " + Entrant.SMOOTHING
                + ", minibatch block coordinate descent in batches of 500 and"
                + " Adam in batches of 128: accuracy on the test images, and the time of the training";
    }

    @Override
    public List<Row> measure(Effort effort) {
        Track track = Track.quiet(images, Clock.forThreads(effort.threads()));
        int seeds = effort.size(5, 1);
        List<CurvePoint> descents = new ArrayList<>();
        List<CurvePoint> adams = new ArrayList<>();
        List<CurvePoint> shortAdams = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            descents.add(end(track, "bcd", STEP_LENGTH, effort.size(EPOCHS, 1), seed));
            adams.add(end(track, "adam", LEARNING_RATE, effort.size(EPOCHS_OF_ADAM, 1), seed));
            shortAdams.add(end(track, "adam", LEARNING_RATE, effort.size(TOO_FEW_OF_ADAM, 1), seed));
        }
        return List.of(
                Row.asked(
                        "accuracy of minibatch BCD after " + EPOCHS + " epochs, mean of the seeds",
                        Bound.atLeast(TARGET),
                        percent(descents).mean(),
                        "%"),
                Row.told("the lowest of them", percent(descents).quantile(0), "%"),
                Row.told(
                        "accuracy of Adam after " + EPOCHS_OF_ADAM + " epochs, mean of the seeds",
                        percent(adams).mean(),
                        "%"),
                Row.told(
                        "accuracy of Adam after " + TOO_FEW_OF_ADAM + " epochs, mean of the seeds",
                        percent(shortAdams).mean(),
                        "%"),
                Row.told("a training of minibatch BCD", seconds(descents), "s"),
                Row.told(
                        "an epoch of minibatch BCD over one of Adam",
                        secondsPerEpoch(descents) / secondsPerEpoch(adams),
                        "x"),
                Row.asked(
                        "time of minibatch BCD, " + EPOCHS + " epochs, over Adam's, " + EPOCHS_OF_ADAM + " epochs",
                        Bound.atMost(0.5),
                        seconds(descents) / seconds(adams),
                        "x"));
    }

    /** What a training comes to. */
    private static CurvePoint end(Track track, String trainer, double value, int epochs, long seed) {
        Entrant entrant = new Entrant(new Perceptron(Activation.RELU), Trainers.named(trainer));
        Curve curve = track.run(entrant, value, Plan.ofEpochs(epochs), seed);
        return curve.last()
                .orElseThrow(() -> new IllegalStateException("The training by " + trainer + " ended with: "
                        + curve.failure().orElseThrow()));
    }

    private static Statistics percent(List<CurvePoint> ends) {
        return Statistics.of(
                ends.stream().mapToDouble(end -> 100 * end.testAccuracy()).toArray());
    }

    private static double seconds(List<CurvePoint> ends) {
        return ends.stream().mapToDouble(CurvePoint::seconds).average().orElseThrow();
    }

    private static double secondsPerEpoch(List<CurvePoint> ends) {
        return ends.stream()
                .mapToDouble(end -> end.seconds() / end.epoch())
                .average()
                .orElseThrow();
    }
}
