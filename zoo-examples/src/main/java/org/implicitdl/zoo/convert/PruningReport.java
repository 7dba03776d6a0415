package org.implicitdl.zoo.convert;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.Table;

/** The curve of size against error as a picture, a table, and a CSV file. */
public final class PruningReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of("pruning.png", "pruning.csv", "pruning.md");

    private static final double FLOOR = 1e-4;

    private PruningReport() {}

    /** Writes the files, and returns their paths. */
    public static List<Path> write(PruningResults results, String caption, OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), figure(results, caption)),
                folder.write(FILES.get(1), csv(results)),
                folder.write(
                        FILES.get(2),
                        "# Size against error\n\n" + caption + "\n\n"
                                + table(results).toMarkdown()));
    }

    /** Sizes and errors: without pruning after as much training, and round by round; the chosen one is marked. */
    public static Table table(PruningResults results) {
        return new Table(
                List.of(
                        "round",
                        "weights",
                        "states",
                        "connections of states",
                        "of the original",
                        "parameters",
                        "validation error",
                        "test error"),
                Stream.concat(
                                Stream.of(cells(results, "not pruned", results.unpruned())),
                                IntStream.range(0, results.rows().size())
                                        .mapToObj(round -> cells(
                                                results,
                                                (round == 0 ? "original" : String.valueOf(round))
                                                        + (round == results.chosen() ? " *" : ""),
                                                results.rows().get(round))))
                        .toList());
    }

    private static List<String> cells(PruningResults results, String name, PruningResults.Row row) {
        return List.of(
                name,
                count(row.weights()),
                count(row.states()),
                count(row.stateConnections()),
                Percent.of(results.share(row)),
                count(row.parameters()),
                Percent.of(row.validationError()),
                Percent.of(row.testError()));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static CsvFile csv(PruningResults results) {
        return new CsvFile(
                List.of(
                        "round",
                        "weights",
                        "states",
                        "state_connections",
                        "connections",
                        "parameters",
                        "validation_error",
                        "test_error"),
                Stream.concat(
                                Stream.of(record("not pruned", results.unpruned())),
                                IntStream.range(0, results.rows().size())
                                        .mapToObj(round -> record(
                                                String.valueOf(round),
                                                results.rows().get(round))))
                        .toList());
    }

    private static List<Object> record(String round, PruningResults.Row row) {
        return List.of(
                round,
                row.weights(),
                row.states(),
                row.stateConnections(),
                row.connections(),
                row.parameters(),
                row.validationError(),
                row.testError());
    }

    private static Figure figure(PruningResults results, String caption) {
        Panel panel = new Panel(
                "error after each round of pruning, conversion and reduction",
                "connections of states, of the original's",
                Scale.LINEAR_FROM_ZERO,
                "share of images",
                Scale.LINEAR_FROM_ZERO,
                FLOOR,
                List.of(
                        band(results, "test", new Color(0x0072B2), PruningResults.Row::testError),
                        band(results, "validation", new Color(0xD55E00), PruningResults.Row::validationError)));
        return new Figure("Size against error", caption, List.of(List.of(panel)));
    }

    /** From the smallest to the original, since a band's x increases. */
    private static Band band(
            PruningResults results, String name, Color color, ToDoubleFunction<PruningResults.Row> value) {
        List<PruningResults.Row> rows = results.rows().stream()
                .sorted((one, other) -> Double.compare(results.share(one), results.share(other)))
                .toList();
        double[] y = rows.stream().mapToDouble(value).toArray();
        double[] x = rows.stream().mapToDouble(results::share).toArray();
        return new Band(name, color, false, x, y, y, y);
    }
}
