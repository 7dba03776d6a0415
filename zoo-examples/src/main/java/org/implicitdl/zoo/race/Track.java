package org.implicitdl.zoo.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Progress;

/**
 * Where trainings run, one after the other: on the same images, by the same clock, which stands still while networks are
 * judged.
 *
 * @param clock nanoseconds
 * @param progress told of every look at a network
 */
public record Track(ImageSplit images, LongSupplier clock, Progress progress) {

    /** The same for choices that must not know the test images. */
    Track withoutTest() {
        return new Track(images.withoutTest(), clock, progress);
    }

    /**
     * Trains, and judges after every part of the training.
     *
     * @param value of the trainer's hyperparameter
     * @param seed of the initial weights and of the order of the images
     */
    public Curve run(Entrant entrant, double value, Plan plan, long seed) {
        return run(entrant, value, plan, seed, training -> true);
    }

    /** Trains, and judges in the end alone, which is quicker. */
    Curve end(Entrant entrant, double value, Plan plan, long seed) {
        return run(entrant, value, plan, seed, Training::isOver);
    }

    private Curve run(Entrant entrant, double value, Plan plan, long seed, Predicate<Training> isJudged) {
        List<CurvePoint> points = new ArrayList<>();
        try (Training training = entrant.start(images.train(), value, plan, seed, clock)) {
            while (!training.isOver()) {
                training.runPart();
                if (isJudged.test(training)) {
                    points.add(judged(training));
                    tell(entrant, value, points.get(points.size() - 1));
                }
            }
            return new Curve(points, Optional.empty());
        } catch (ArithmeticException e) {
            return new Curve(points, Optional.of(e.getMessage()));
        }
    }

    private CurvePoint judged(Training training) {
        return new CurvePoint(
                training.course().epochs(),
                training.course().seconds(),
                Accuracy.of(training.network(), images.validation()),
                Accuracy.of(training.network(), images.test()));
    }

    private void tell(Entrant entrant, double value, CurvePoint point) {
        progress.doing(String.format(
                Locale.ROOT,
                "%s, %s %s: %.1f epochs, %.1f s, %s",
                entrant.name(),
                entrant.trainer().hyperparameter(),
                Decimal.of(value),
                point.epochs(),
                point.seconds(),
                Percent.of(point.validationAccuracy())));
    }
}
