package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Race;
import org.implicitdl.zoo.bench.Row;

/** The time of a forward solve against that of the products in it. */
final class ForwardSolve implements Measurement {

    @Override
    public String name() {
        return "forward";
    }

    @Override
    public String description() {
        return "Forward solve over its bare products (float, n = 512, p = 784, batch 128, norm .9, tolerance 1e-5)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (boolean positive : new boolean[] {false, true}) {
            TimedLayer timed = TimedLayer.of(positive, effort.size(512, 64), effort.size(784, 32), 128);
            SolverReport report = timed.report();
            MultiLayerNetwork network =
                    timed.network(timed.options().stateOutput(true).build());
            FixedPointProblem problem = timed.problem();
            FixedPointSolver solver = timed.solver();
            Race.Times times = Race.run(
                    effort,
                    effort.rounds(positive ? 40 : 150),
                    new BareProducts(timed.a(), timed.b(), report),
                    timed.forward(network),
                    () -> network.output(timed.features()),
                    () -> solver.solve(problem).state().close());
            String where = positive ? "positive A" : "random A";
            rows.add(Row.told(where + ": evaluations", report.maxIterations(), ""));
            rows.add(Row.told(where + ": bare products", 1e3 * times.least().get(0), "ms"));
            rows.add(Row.asked(where + ": layer over bare products", Bound.atMost(1.25), times.ratio(1, 0), "x"));
            rows.add(Row.told(where + ": network.output over bare products", times.ratio(2, 0), "x"));
            rows.add(Row.told(where + ": solver without BU over bare products with it", times.ratio(3, 0), "x"));
            rows.add(Row.told(where + ": median over least time, the noisiest", times.noise(), "x"));
        }
        return rows;
    }
}
