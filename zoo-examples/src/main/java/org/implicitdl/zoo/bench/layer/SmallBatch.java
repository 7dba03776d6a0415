package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Race;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** One sample through a layer of 32 states, where calls cost more than numbers, against a dense layer. */
final class SmallBatch implements Measurement {
    private static final int SIZE = 32;
    private static final int OUTPUTS = 10;
    private static final int ROUNDS = 300;

    @Override
    public String name() {
        return "small";
    }

    @Override
    public String description() {
        return "One sample, 32 inputs, 32 states (float), against a DenseLayer of as many parameters";
    }

    @Override
    public List<Row> measure(Effort effort) {
        TimedLayer timed = TimedLayer.of(false, SIZE, SIZE, 1);
        MultiLayerNetwork full = timed.network(timed.options().nOut(OUTPUTS).build());
        MultiLayerNetwork state =
                timed.network(timed.options().stateOutput(true).build());
        List<Row> rows = new ArrayList<>(compared("C, D and state", timed, full, effort));
        rows.addAll(compared("state as output", timed, state, effort));
        rows.addAll(shares(timed, state, effort));
        return rows;
    }

    private static List<Row> compared(String what, TimedLayer timed, MultiLayerNetwork network, Effort effort) {
        int width = (int) Math.round((double) network.numParams() / (SIZE + 1));
        MultiLayerNetwork dense = Networks.of(
                DataType.FLOAT,
                new NoOp(),
                new DenseLayer.Builder()
                        .nIn(SIZE)
                        .nOut(width)
                        .activation(Activation.RELU)
                        .build());
        Race.Times times = Race.run(
                effort,
                effort.rounds(ROUNDS),
                timed.forward(dense),
                timed.forward(network),
                () -> dense.output(timed.features()),
                () -> network.output(timed.features()));
        return List.of(
                Row.told(
                        what + ": DenseLayer of " + width + " units",
                        1e6 * times.least().get(0),
                        "µs"),
                Row.asked(what + ": ImplicitLayer over DenseLayer", Bound.atMost(3), times.ratio(1, 0), "x"),
                Row.told(what + ": the same through network.output", times.ratio(3, 2), "x"),
                Row.told(what + ": median over least time, the noisiest", times.noise(), "x"));
    }

    /** Where the time of the layer goes. */
    private static List<Row> shares(TimedLayer timed, MultiLayerNetwork network, Effort effort) {
        FixedPointProblem problem = timed.problem();
        FixedPointSolver solver = timed.solver();
        Race.Times times = Race.run(
                effort,
                effort.rounds(ROUNDS),
                new BareProducts(timed.a(), timed.b(), timed.report()),
                () -> solver.solve(problem).state().close(),
                timed.forward(network));
        double products = times.least().get(0);
        double solved = times.least().get(1);
        double layer = times.least().get(2);
        return List.of(
                Row.told("state as output: the whole layer", 1e6 * layer, "µs"),
                Row.told("of which bare products, BU included", 1e6 * products, "µs"),
                Row.told("of which the rest of the solver: start, memory, report", 1e6 * (solved - products), "µs"),
                Row.told("of which ND4J and DL4J: BU, b, certificate, copies", 1e6 * (layer - solved), "µs"));
    }
}
