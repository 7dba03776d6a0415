package org.implicitdl.zoo.classify;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.implicitdl.zoo.report.Statistics;

/**
 * One epoch.
 *
 * @param epoch counted from 1
 * @param updates of the epoch, at least one
 * @param validationAccuracy after it
 */
public record EpochPoint(int epoch, List<UpdatePoint> updates, double validationAccuracy) {
    /** @throws IllegalArgumentException if there is no update */
    public EpochPoint {
        updates = List.copyOf(updates);
        if (updates.isEmpty()) {
            throw new IllegalArgumentException("Epoch " + epoch + " needs at least one update, but has none.");
        }
    }

    /** How a figure of the updates is spread over the epoch. */
    public Statistics statistics(ToDoubleFunction<UpdatePoint> figure) {
        return Statistics.of(updates.stream().mapToDouble(figure).toArray());
    }

    /** The seconds of training until the end of the epoch. */
    public double seconds() {
        return updates.get(updates.size() - 1).seconds();
    }
}
