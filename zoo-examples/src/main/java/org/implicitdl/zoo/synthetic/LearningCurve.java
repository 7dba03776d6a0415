package org.implicitdl.zoo.synthetic;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the error of a method fell.
 *
 * @param points in the order of their iterations, at least one
 */
public record LearningCurve(List<Point> points) {

    /**
     * The errors after an iteration.
     *
     * @param iteration 0 for the start, and for methods that do not iterate
     * @param seconds the method's own time until then, without the time that measuring took
     */
    public record Point(int iteration, double seconds, double trainRmse, double testRmse) {}

    /** @throws IllegalArgumentException if there is no point */
    public LearningCurve {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A learning curve needs at least one point; record the last iteration.");
        }
    }

    /** The result. */
    public Point last() {
        return points.get(points.size() - 1);
    }

    /** The point at the latest of the iterations up to the given one; the first point before that. */
    public Point atIteration(double iteration) {
        return latest(point -> point.iteration() <= iteration);
    }

    /** The point at the latest of the times up to the given one; the first point before that. */
    public Point atSeconds(double seconds) {
        return latest(point -> point.seconds() <= seconds);
    }

    /** The time at which the training error was first at most this high; empty if it never was. */
    public OptionalDouble secondsToReach(double trainRmse) {
        return points.stream()
                .filter(point -> point.trainRmse() <= trainRmse)
                .mapToDouble(Point::seconds)
                .findFirst();
    }

    private Point latest(java.util.function.Predicate<Point> past) {
        Point latest = points.get(0);
        for (Point point : points) {
            if (past.test(point)) {
                latest = point;
            }
        }
        return latest;
    }
}
