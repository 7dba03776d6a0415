package org.implicitdl.zoo.bench;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.report.Progress;

/**
 * Measurements that belong together.
 *
 * @param name that of the command and of the files
 * @param title a heading
 * @param measurements in the order in which they run
 */
public record Benchmark(String name, String title, List<Measurement> measurements) {
    public Benchmark {
        measurements = List.copyOf(measurements);
    }

    /** The names of the measurements. */
    public List<String> names() {
        return measurements.stream().map(Measurement::name).toList();
    }

    /** The same benchmark with those measurements only whose names are given; with all if none is. */
    public Benchmark only(List<String> names) {
        return new Benchmark(
                name,
                title,
                measurements.stream()
                        .filter(measurement -> names.isEmpty() || names.contains(measurement.name()))
                        .toList());
    }

    /** Measures one after the other. */
    public BenchmarkResults run(Effort effort, Progress progress) {
        List<BenchmarkResults.Entry> entries = new ArrayList<>();
        for (Measurement measurement : measurements) {
            progress.doing(measurement.name());
            entries.add(new BenchmarkResults.Entry(measurement, measurement.measure(effort)));
            progress.step();
        }
        return new BenchmarkResults(this, effort, entries);
    }
}
