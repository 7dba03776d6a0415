package org.implicitdl.zoo.race.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.implicitdl.zoo.race.Candidate;
import org.implicitdl.zoo.race.Curve;
import org.implicitdl.zoo.race.CurvePoint;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.report.CsvFile;

/** The race as numbers: every epoch of the networks that count, and every value of a hyperparameter that was tried. */
final class RaceCsv {
    private static final List<String> CURVES = List.of(
            "network", "trainer", "seed", "epochs", "seconds", "validation_accuracy", "test_accuracy", "failure");
    private static final List<String> SEARCH = List.of(
            "network",
            "trainer",
            "hyperparameter",
            "value",
            "epochs",
            "seconds",
            "validation_accuracy",
            "failure",
            "chosen");

    private RaceCsv() {}

    /** A training that failed ends with a line without numbers. */
    static CsvFile curves(RaceResults results) {
        List<List<Object>> lines = new ArrayList<>();
        for (Prepared ready : results.entrants()) {
            long seed = results.settings().seed();
            for (Curve curve : results.curves(ready)) {
                seed++;
                for (CurvePoint point : curve.points()) {
                    lines.add(line(ready.entrant(), seed, point, ""));
                }
                if (curve.failure().isPresent()) {
                    CurvePoint unfinished = new CurvePoint(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
                    lines.add(line(
                            ready.entrant(), seed, unfinished, curve.failure().orElseThrow()));
                }
            }
        }
        return new CsvFile(CURVES, lines);
    }

    private static List<Object> line(Entrant entrant, long seed, CurvePoint point, String failure) {
        return List.of(
                entrant.architecture().id(),
                entrant.trainer().id(),
                seed,
                point.epochs(),
                point.seconds(),
                point.validationAccuracy(),
                point.testAccuracy(),
                failure);
    }

    static CsvFile search(RaceResults results) {
        List<List<Object>> lines = new ArrayList<>();
        for (Prepared ready : results.entrants()) {
            for (Candidate candidate : ready.search().candidates()) {
                lines.add(line(ready, candidate));
            }
        }
        return new CsvFile(SEARCH, lines);
    }

    private static List<Object> line(Prepared ready, Candidate candidate) {
        Entrant entrant = ready.entrant();
        Optional<CurvePoint> last = candidate.curve().last();
        return List.of(
                entrant.architecture().id(),
                entrant.trainer().id(),
                entrant.trainer().hyperparameter(),
                candidate.value(),
                last.map(CurvePoint::epochs).orElse(Double.NaN),
                last.map(CurvePoint::seconds).orElse(Double.NaN),
                last.map(CurvePoint::validationAccuracy).orElse(Double.NaN),
                candidate.curve().failure().orElse(""),
                candidate.equals(ready.best()));
    }
}
