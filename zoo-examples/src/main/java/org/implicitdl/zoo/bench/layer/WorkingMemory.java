package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.EquilibriumLayer;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.SolverType;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.report.Statistics;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The memory of a forward pass and of a training step at a loose and at a tight tolerance, which must not differ for a
 * method.
 *
 * <p>The automatic choice, by which every gradient is solved for, goes on with Anderson's method where some steps of Picard
 * do not suffice, and takes its memory then: behind a forward pass by Picard the training steps are told only.
 */
final class WorkingMemory implements Measurement {
    private static final double MEGABYTE = 1e6;
    private static final int CLASSES = 10;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "Peak memory at tolerance 1e-8 and 1e-2 (double, n = 512, 1024 samples, positive A, norm .9)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (SolverType solver : List.of(SolverType.PICARD, SolverType.ANDERSON)) {
            rows.addAll(measure(effort, solver));
        }
        return rows;
    }

    private static List<Row> measure(Effort effort, SolverType solver) {
        int states = effort.size(512, 64);
        int samples = effort.size(1024, 64);
        Draws draws = new Draws(23, DataType.DOUBLE);
        INDArray a = draws.positiveRows(states, TimedLayer.NORM);
        DataSet data = new DataSet(draws.normal(samples, states), draws.labels(samples, CLASSES));
        MultiLayerNetwork loose = network(solver, a, 1e-2);
        MultiLayerNetwork tight = network(solver, a, 1e-8);
        List<Row> rows = new ArrayList<>(compare(
                effort,
                solver + ", forward pass",
                Bound.atMost(1),
                new Level(loose, () -> loose.output(data.getFeatures())),
                new Level(tight, () -> tight.output(data.getFeatures()))));
        rows.addAll(compare(
                effort,
                solver + ", training step",
                solver == SolverType.PICARD ? Bound.none() : Bound.atMost(1),
                new Level(loose, () -> loose.fit(data)),
                new Level(tight, () -> tight.fit(data))));
        return rows;
    }

    private static List<Row> compare(Effort effort, String what, Bound same, Level loose, Level tight) {
        loose.warmUp();
        tight.warmUp();
        for (int i = 0; i < effort.size(15, 1); i++) {
            loose.step();
            tight.step();
        }
        return List.of(
                Row.told(what + ": evaluations, 1e-2", loose.evaluations(), ""),
                Row.told(what + ": evaluations, 1e-8", tight.evaluations(), ""),
                Row.told(what + ": resident set over the level before, 1e-2", loose.resident() / MEGABYTE, "MB"),
                Row.told(what + ": resident set over the level before, 1e-8", tight.resident() / MEGABYTE, "MB"),
                Row.asked(
                        what + ": resident set, 1e-8 minus 1e-2",
                        same,
                        (tight.resident() - loose.resident()) / MEGABYTE,
                        "MB"),
                Row.asked(
                        what + ": arrays counted by JavaCPP, 1e-8 minus 1e-2",
                        same,
                        (tight.tracked() - loose.tracked()) / MEGABYTE,
                        "MB"));
    }

    private static MultiLayerNetwork network(SolverType solver, INDArray a, double tolerance) {
        MultiLayerNetwork network = Networks.of(
                DataType.DOUBLE,
                new Sgd(0),
                new ImplicitLayer.Builder()
                        .nIn(a.rows())
                        .nOut(CLASSES)
                        .stateSize(a.rows())
                        .activation(Activation.RELU)
                        .kappa(TimedLayer.NORM)
                        .solver(solver)
                        .tolerance(tolerance)
                        .build(),
                Networks.softmax(CLASSES, CLASSES));
        network.setParam("0_A", a);
        return network;
    }

    /** What is repeated at one tolerance. */
    private static final class Level {
        private final MultiLayerNetwork network;
        private final Runnable pass;
        private final List<Double> resident = new ArrayList<>();
        private final List<Double> tracked = new ArrayList<>();

        Level(MultiLayerNetwork network, Runnable pass) {
            this.network = network;
            this.pass = pass;
        }

        /** Workspaces find their size in the first iterations. */
        void warmUp() {
            for (int i = 0; i < 4; i++) {
                pass.run();
            }
        }

        void step() {
            System.gc();
            ResidentMemory.Peak peak = ResidentMemory.during(pass);
            resident.add((double) peak.resident());
            tracked.add((double) peak.tracked());
        }

        double resident() {
            return Statistics.of(resident).median();
        }

        double tracked() {
            return Statistics.of(tracked).median();
        }

        int evaluations() {
            return ((EquilibriumLayer) network.getLayer(0))
                    .lastReport()
                    .orElseThrow()
                    .maxIterations();
        }
    }
}
