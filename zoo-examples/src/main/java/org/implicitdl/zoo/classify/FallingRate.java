package org.implicitdl.zoo.classify;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Learning rates that fall from epoch to epoch. */
public final class FallingRate {
    private FallingRate() {}

    /**
     * Rates on a line that would reach zero after the last epoch: r(1 − e/n) in epoch e = 0, 1, … of n. DL4J's PolySchedule
     * of power 1 grows.
     *
     * @param first r
     * @param epochs n, at least 1
     */
    public static ISchedule linear(double first, int epochs) {
        MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.EPOCH);
        for (int epoch = 0; epoch < epochs; epoch++) {
            rates.add(epoch, first * (epochs - epoch) / epochs);
        }
        return rates.build();
    }
}
