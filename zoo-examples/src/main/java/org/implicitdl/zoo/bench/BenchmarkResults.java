package org.implicitdl.zoo.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Table;

/**
 * What a benchmark found.
 *
 * @param benchmark what was measured
 * @param effort how
 * @param entries the rows of every measurement, in its order
 */
public record BenchmarkResults(Benchmark benchmark, Effort effort, List<Entry> entries) {

    /**
     * What one measurement found.
     *
     * @param measurement what was measured
     * @param rows the numbers
     */
    public record Entry(Measurement measurement, List<Row> rows) {
        public Entry {
            rows = List.copyOf(rows);
        }

        /** Its rows as a table. */
        public Table table() {
            return new Table(
                    List.of(measurement.description(), "asked", "found", "verdict"),
                    rows.stream()
                            .map(row -> List.of(row.what(), row.asked().toString(), row.text(), row.verdict()))
                            .toList());
        }
    }

    public BenchmarkResults {
        entries = List.copyOf(entries);
    }

    /** How many of the numbers of which something is asked miss it. */
    public long missed() {
        return entries.stream()
                .flatMap(entry -> entry.rows().stream())
                .filter(row -> row.verdict().equals("missed"))
                .count();
    }

    /** The names of the files that {@link #write} leaves. */
    public static List<String> files(String benchmark) {
        return List.of("bench-" + benchmark + ".csv", "bench-" + benchmark + ".md");
    }

    /**
     * Writes the numbers as CSV and Markdown.
     *
     * @param circumstances of the run, such as the machine, line by line
     * @return the paths of the files
     */
    public List<Path> write(OutputFolder folder, List<String> circumstances) {
        List<String> names = files(benchmark.name());
        return List.of(folder.write(names.get(0), csv()), folder.write(names.get(1), markdown(circumstances)));
    }

    private CsvFile csv() {
        return new CsvFile(
                List.of("measurement", "what", "asked", "found", "unit", "verdict"),
                entries.stream()
                        .flatMap(entry -> entry.rows().stream()
                                .map(row -> List.<Object>of(
                                        entry.measurement().name(),
                                        row.what(),
                                        row.asked().toString(),
                                        row.found(),
                                        row.unit(),
                                        row.verdict())))
                        .toList());
    }

    private String markdown(List<String> circumstances) {
        return "# " + benchmark.title() + "\n\n"
                + circumstances.stream().map(line -> "- " + line + "\n").collect(Collectors.joining())
                + entries.stream()
                        .map(entry -> "\n## " + entry.measurement().name() + "\n\n"
                                + entry.table().toMarkdown())
                        .collect(Collectors.joining());
    }
}
