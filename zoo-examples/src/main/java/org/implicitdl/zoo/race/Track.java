package org.implicitdl.zoo.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Clock;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Progress;

/**
 * Where trainings run, one after the other: on the same images, by the same clock, which stands still while networks are
 * judged.
 *
 * @param clock nanoseconds
 * @param progress told of every epoch
 */
public record Track(ImageSplit images, LongSupplier clock, Progress progress) {
    private static final double NANOS = 1e9;

    /** A track of whose epochs nobody is told. */
    public static Track quiet(ImageSplit images, Clock clock) {
        return new Track(images, clock, Progress.none());
    }

    /** The same for choices that must not know the test images. */
    Track withoutTest() {
        return new Track(images.withoutTest(), clock, progress);
    }

    /**
     * Trains, and judges after every epoch.
     *
     * @param value of the trainer's hyperparameter
     * @param seed of the initial weights and of the order of the images
     */
    public Curve run(Entrant entrant, double value, Plan plan, long seed) {
        Entrant.Training training = entrant.start(images.train(), value, plan.epochs(), seed);
        List<CurvePoint> points = new ArrayList<>();
        long nanos = 0;
        try {
            for (int epoch = 1; epoch <= plan.epochs() && nanos < NANOS * plan.seconds(); epoch++) {
                nanos += nanos(training.epoch());
                points.add(judged(training, epoch, nanos / NANOS));
                tell(entrant, value, points.get(points.size() - 1));
            }
            return new Curve(points, Optional.empty());
        } catch (ArithmeticException e) {
            return new Curve(points, Optional.of(e.getMessage()));
        }
    }

    private long nanos(Runnable epoch) {
        long start = clock.getAsLong();
        epoch.run();
        return clock.getAsLong() - start;
    }

    private CurvePoint judged(Entrant.Training training, int epoch, double seconds) {
        double score = training.network().score();
        if (!Double.isFinite(score)) {
            throw new ArithmeticException("The score after epoch " + epoch + " is " + score);
        }
        return new CurvePoint(
                epoch,
                seconds,
                Accuracy.of(training.network(), images.validation()),
                Accuracy.of(training.network(), images.test()));
    }

    private void tell(Entrant entrant, double value, CurvePoint point) {
        progress.doing(String.format(
                Locale.ROOT,
                "%s, %s %s: epoch %d, %.1f s, %s",
                entrant.name(),
                entrant.trainer().hyperparameter(),
                Decimal.of(value),
                point.epoch(),
                point.seconds(),
                Percent.of(point.validationAccuracy())));
    }
}
