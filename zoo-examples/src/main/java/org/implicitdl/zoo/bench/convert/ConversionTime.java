package org.implicitdl.zoo.bench.convert;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Race;
import org.implicitdl.zoo.bench.Row;

/** The time of a conversion against that of a copy of the network by DL4J, which has no more to do than to copy. */
final class ConversionTime implements Measurement {

    @Override
    public String name() {
        return "conversion";
    }

    @Override
    public String description() {
        return "Conversion over network.clone(), both warm (float)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (Subject subject :
                List.of(Architectures.perceptron(), Architectures.deepPerceptron(), Architectures.leNet())) {
            rows.addAll(compare(effort, subject, 200));
        }
        rows.addAll(compare(effort, Architectures.large(effort), 15));
        return rows;
    }

    private static List<Row> compare(Effort effort, Subject subject, int rounds) {
        Race.Times times = Race.run(effort, effort.rounds(rounds), subject::copy, subject::convert);
        String what = subject.name();
        return List.of(
                Row.told(what + ": clone", 1e3 * times.least().get(0), "ms"),
                Row.asked(what + ": least times, conversion over clone", Bound.atMost(2), times.ratio(1, 0), "x"),
                Row.told(
                        what + ": median times, conversion over clone",
                        times.median().get(1) / times.median().get(0),
                        "x"));
    }
}
