package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.bench.layer.GradientCase.Outcome;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's gradient check of every combination of activation, well-posedness, solver and readout that a layer takes. */
final class GradientChecks implements Measurement {
    private static final double TOLERANCE = 1e-5;

    /** For a quick run: prime, so that it meets every value of every option. */
    private static final int STRIDE = 307;

    @Override
    public String name() {
        return "gradient-check";
    }

    @Override
    public String description() {
        return "DL4J's gradient check at a relative error of 1e-5 (double)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        DataType before = Nd4j.defaultFloatingPointType();
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        try {
            return check(effort);
        } finally {
            Nd4j.setDefaultDataTypes(before, before);
        }
    }

    private static List<Row> check(Effort effort) {
        List<GradientCase> cases = GradientCase.all().toList();
        List<String> failed = new ArrayList<>();
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (int i = 0; i < cases.size(); i += effort.size(1, STRIDE)) {
            Outcome outcome = cases.get(i).check(TOLERANCE);
            counts.merge(outcome, 1, Integer::sum);
            if (outcome == Outcome.FAILED) {
                failed.add(cases.get(i).toString());
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.add(Row.told("combinations of activation, well-posedness, solver and readout", cases.size(), ""));
        rows.add(
                Row.told("of these refused by the layer, with a message", counts.getOrDefault(Outcome.REFUSED, 0), ""));
        rows.add(Row.told("passed", counts.getOrDefault(Outcome.PASSED, 0), ""));
        rows.add(Row.asked("failed", Bound.atMost(0), failed.size(), ""));
        failed.forEach(what -> rows.add(Row.told("failed: " + what, Double.NaN, "")));
        return rows;
    }
}
