package org.implicitdl.zoo.race;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How a network learned.
 *
 * @param points one for each epoch that was finished
 * @param failure why the training broke off, if it did: its numbers were no longer finite, or an equation had no solution
 */
public record Curve(List<CurvePoint> points, Optional<String> failure) {

    /** @throws IllegalArgumentException if there is neither a point nor a failure */
    public Curve {
        points = List.copyOf(points);
        if (points.isEmpty() && failure.isEmpty()) {
            throw new IllegalArgumentException("A curve needs at least one epoch, or the reason why there is none.");
        }
    }

    /**
     * What was reached within a time: the last epoch that ended by then, or the first one where none did. Empty if the
     * training failed.
     */
    public Optional<CurvePoint> at(double seconds) {
        if (failure.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(points.stream()
                .filter(point -> point.seconds() <= seconds)
                .reduce((first, second) -> second)
                .orElse(points.get(0)));
    }

    /** What was reached in the end; empty if the training failed. */
    public Optional<CurvePoint> last() {
        return at(Double.POSITIVE_INFINITY);
    }

    /** The time at which an accuracy on the test images was reached first; empty if it never was. */
    public OptionalDouble secondsTo(double testAccuracy) {
        return points.stream()
                .filter(point -> point.testAccuracy() >= testAccuracy)
                .mapToDouble(CurvePoint::seconds)
                .findFirst();
    }

    /** The times of the epochs that were finished. */
    public DoubleStream epochSeconds() {
        return IntStream.range(0, points.size())
                .mapToDouble(i -> points.get(i).seconds()
                        - (i == 0 ? 0 : points.get(i - 1).seconds()));
    }
}
