package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Race;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** The time of a training step, with the exact gradient and the projection, against that of a forward pass. */
final class TrainingStep implements Measurement {
    private static final int CLASSES = 10;

    /** Small, so that the equation stays as hard as it is, but large enough that rows leave their ball. */
    private static final double RATE = 1e-6;

    @Override
    public String name() {
        return "training-step";
    }

    @Override
    public String description() {
        return "Training step over forward pass of the same network (float, n = 512, p = 784, batch 128)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (boolean positive : new boolean[] {false, true}) {
            TimedLayer timed = TimedLayer.of(positive, effort.size(512, 64), effort.size(784, 32), 128);
            for (IUpdater updater : List.of(new Sgd(RATE), new Adam(RATE))) {
                rows.addAll(measure(effort, timed, updater, positive ? "positive A" : "random A"));
            }
        }
        return rows;
    }

    private static List<Row> measure(Effort effort, TimedLayer timed, IUpdater updater, String matrix) {
        MultiLayerNetwork network = timed.classifier(CLASSES, updater);
        DataSet data = new DataSet(
                timed.features(),
                new Draws(19, DataType.FLOAT).labels((int) timed.features().size(0), CLASSES));
        Race.Times times = Race.run(
                effort,
                effort.rounds(80),
                () -> network.output(timed.features()),
                () -> network.fit(data),
                arithmetic(updater, network.numParams()));
        String where = matrix + ", " + updater.getClass().getSimpleName();
        return List.of(
                Row.told(where + ": forward pass", 1e3 * times.least().get(0), "ms"),
                Row.asked(where + ": training step over forward pass", Bound.atMost(3), times.ratio(1, 0), "x"),
                Row.told(where + ": of which the updater's own arithmetic, by ND4J", times.ratio(2, 0), "x"),
                Row.told(where + ": median over least time, the noisiest", times.noise(), "x"));
    }

    /** What the updater of ND4J does with a gradient of so many numbers. */
    private static Runnable arithmetic(IUpdater updater, long parameters) {
        long size = updater.stateSize(parameters);
        INDArray state = size == 0 ? null : Nd4j.zeros(DataType.FLOAT, 1, size);
        GradientUpdater<?> rule = updater.instantiate(state, true);
        INDArray gradient = Nd4j.ones(DataType.FLOAT, 1, parameters);
        return () -> rule.applyUpdater(gradient, 1, 0);
    }
}
