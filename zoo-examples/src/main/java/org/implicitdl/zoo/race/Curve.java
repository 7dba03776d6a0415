package org.implicitdl.zoo.race;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a network learned.
 *
 * @param points one for each part of the training that was finished, or for its end alone
 * @param failure why the training broke off, if it did: its numbers were no longer finite, or an equation had no solution
 */
public record Curve(List<CurvePoint> points, Optional<String> failure) {

    /** @throws IllegalArgumentException if there is neither a point nor a failure */
    public Curve {
        points = List.copyOf(points);
        if (points.isEmpty() && failure.isEmpty()) {
            throw new IllegalArgumentException("A curve needs at least one point, or the reason why there is none.");
        }
    }

    /** What was reached in the end; empty if the training failed. */
    public Optional<CurvePoint> last() {
        return failure.isPresent() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
    }

    /** The time of the first point with an accuracy on the test images; empty if there is none. */
    public OptionalDouble secondsTo(double testAccuracy) {
        return points.stream()
                .filter(point -> point.testAccuracy() >= testAccuracy)
                .mapToDouble(CurvePoint::seconds)
                .findFirst();
    }
}
