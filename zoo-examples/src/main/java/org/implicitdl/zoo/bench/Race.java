package org.implicitdl.zoo.bench;

import java.util.Arrays;
import java.util.List;
import org.implicitdl.zoo.report.Clock;
import org.implicitdl.zoo.report.Statistics;

/**
 * Times of several tasks that take turns, so that whatever else the machine does meets all of them alike.
 *
 * <p>With one thread of computation it is the processor time of the calling thread that counts, which other programs
 * disturb least; with several it is wall time.
 */
public final class Race {
    /** A time must be long against the resolution of the clock. */
    private static final double SHORTEST = 5e-4;

    private final Runnable[] tasks;
    private final int[] repetitions;
    private final Clock clock;

    private Race(Effort effort, Runnable... tasks) {
        this.tasks = tasks;
        this.repetitions = new int[tasks.length];
        this.clock = Clock.forThreads(effort.threads());
    }

    /**
     * The times of the tasks.
     *
     * @param rounds in how many each has its turn, after a warm-up
     */
    public static Times run(Effort effort, int rounds, Runnable... tasks) {
        Race race = new Race(effort, tasks);
        race.warmUp(effort);
        double[][] seconds = new double[tasks.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int task = 0; task < tasks.length; task++) {
                seconds[task][round] = race.seconds(task, race.repetitions[task]) / race.repetitions[task];
            }
        }
        return new Times(
                Arrays.stream(seconds).map(Race::sorted).map(times -> times[0]).toList(),
                Arrays.stream(seconds)
                        .map(times -> Statistics.of(times).median())
                        .toList());
    }

    /** What the clock counts, for a report. */
    public static String clock(Effort effort) {
        return Clock.forThreads(effort.threads()).description();
    }

    private static double[] sorted(double... values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** Lets the compiler of the JVM do its work, and finds how often a task must run to last. */
    private void warmUp(Effort effort) {
        double enough = effort.quick() ? 0.005 : 2;
        for (int task = 0; task < tasks.length; task++) {
            int runs = 0;
            double spent = 0;
            double last = 0;
            while (runs == 0 || spent < enough && runs < 20_000) {
                last = seconds(task, 1);
                spent += last;
                runs++;
            }
            repetitions[task] = (int) Math.max(1, Math.ceil(SHORTEST / Math.max(last, 1e-7)));
        }
    }

    private double seconds(int task, int times) {
        long begin = clock.getAsLong();
        for (int i = 0; i < times; i++) {
            tasks[task].run();
        }
        return (clock.getAsLong() - begin) / 1e9;
    }

    /**
     * The times of the tasks, in their order.
     *
     * @param least the least of all rounds, in seconds
     * @param median the median of all rounds, in seconds
     */
    public record Times(List<Double> least, List<Double> median) {

        /** The least time of one task over that of another. */
        public double ratio(int task, int other) {
            return least.get(task) / least.get(other);
        }

        /** How far the median lies above the least, for the noisiest task: 1 on a quiet machine. */
        public double noise() {
            double noise = 1;
            for (int i = 0; i < least.size(); i++) {
                noise = Math.max(noise, median.get(i) / least.get(i));
            }
            return noise;
        }
    }
}
