package org.implicitdl.zoo.compare.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.SplitOutcome;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.report.CsvFile;

/** The CSV files: every candidate, and every test. */
final class ComparisonCsv {
    private ComparisonCsv() {}

    /** A line for every candidate of every search. */
    static CsvFile candidates(ComparisonResults results) {
        List<String> header = new ArrayList<>(List.of("split", "trainer", "candidate"));
        names(results).forEach(name -> header.add("validation_" + name));
        header.addAll(List.of("seconds", "network", "settings", "failure"));
        List<String> blanks = Collections.nCopies(names(results).size(), "");
        List<List<Object>> lines = new ArrayList<>();
        for (SplitOutcome outcome : results.outcomes()) {
            for (TriedCandidate candidate : outcome.search().candidates()) {
                List<Object> line = new ArrayList<>(
                        List.of(outcome.split(), outcome.contender().name(), candidate.number()));
                line.addAll(candidate.score().<List<?>>map(Score::values).orElse(blanks));
                line.add(candidate.score().isPresent() ? candidate.seconds() : "");
                line.add(candidate.settings().shape().description());
                line.add(candidate.settings().trainer());
                line.add(candidate.failure());
                lines.add(line);
            }
        }
        return new CsvFile(header, lines);
    }

    /** A line for every trainer in every split. */
    static CsvFile splits(ComparisonResults results) {
        List<String> header = new ArrayList<>(List.of("split", "trainer", "candidates", "search_seconds", "chosen"));
        for (String part : List.of("validation_", "training_", "held_out_")) {
            names(results).forEach(name -> header.add(part + name));
        }
        header.addAll(List.of("seconds", "network", "settings"));
        return new CsvFile(
                header, results.outcomes().stream().map(ComparisonCsv::line).toList());
    }

    private static List<Object> line(SplitOutcome outcome) {
        TriedCandidate chosen = outcome.chosen();
        List<Object> line = new ArrayList<>(List.of(
                outcome.split(),
                outcome.contender().name(),
                outcome.search().candidates().size(),
                outcome.search().seconds(),
                chosen.number()));
        line.addAll(chosen.score().orElseThrow().values());
        line.addAll(outcome.training().values());
        line.addAll(outcome.heldOut().values());
        line.add(outcome.seconds());
        line.add(chosen.settings().shape().description());
        line.add(chosen.settings().trainer());
        return line;
    }

    private static List<String> names(ComparisonResults results) {
        return results.outcomes().get(0).heldOut().names().stream()
                .map(name -> name.replace("²", "2").replaceAll("\\W+", "_").toLowerCase(Locale.ROOT))
                .toList();
    }
}
