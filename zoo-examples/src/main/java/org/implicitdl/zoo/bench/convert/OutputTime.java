package org.implicitdl.zoo.bench.convert;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Race;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The time of a converted network's output against that of the network's own. */
final class OutputTime implements Measurement {
    private static final double ROUNDING = 1e-4;

    @Override
    public String name() {
        return "output";
    }

    @Override
    public String description() {
        return "implicit.output over network.output (float)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (Subject subject :
                List.of(Architectures.perceptron(), Architectures.deepPerceptron(), Architectures.leNet())) {
            rows.addAll(compare(effort, subject, 1, Bound.atMost(1.1), 100));
            rows.addAll(compare(effort, subject, effort.size(128, 8), Bound.atMost(1.1), 60));
        }
        rows.addAll(
                compare(effort, Architectures.large(effort), effort.size(8, 1), Bound.atMost(1.25), effort.rounds(9)));
        return rows;
    }

    /** Times of both for a batch, and by how much their outputs differ. */
    static List<Row> compare(Effort effort, Subject subject, int batch, Bound bound, int rounds) {
        ImplicitNetwork converted = subject.convert();
        INDArray features = subject.features(batch);
        double error = subject.error(converted, features);
        Race.Times times = Race.run(
                effort, effort.rounds(rounds), () -> subject.output(features), () -> converted.output(features));
        String what = subject.name() + ", batch " + batch;
        return List.of(
                Row.told(what + ": the network itself", 1e3 * times.least().get(0), "ms"),
                Row.asked(what + ": least times, converted over network", bound, times.ratio(1, 0), "x"),
                Row.told(
                        what + ": median times, converted over network",
                        times.median().get(1) / times.median().get(0),
                        "x"),
                Row.asked(what + ": largest difference over largest output", Bound.atMost(ROUNDING), error, ""));
    }
}
