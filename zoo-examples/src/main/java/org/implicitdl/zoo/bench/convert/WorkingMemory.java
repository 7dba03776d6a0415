package org.implicitdl.zoo.bench.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of conversion, of a converted network and of its outputs, against the network's parameters and its states. */
final class WorkingMemory implements Measurement {
    private static final double MEGABYTE = 1e6;

    /** The first outputs teach the workspaces their size. */
    private static final int OUTPUTS = 4;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "Memory over the network's parameters and the states of one batch (float)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        int batch = effort.size(128, 8);
        rows.addAll(compare(Architectures.perceptron(), batch, effort.size(50, 10)));
        rows.addAll(compare(Architectures.deepPerceptron(), batch, effort.size(20, 4)));
        rows.addAll(compare(Architectures.leNet(), batch, effort.size(20, 4)));
        rows.addAll(compare(Architectures.large(effort), effort.size(8, 1), 1));
        return rows;
    }

    private static List<Row> compare(Subject subject, int batch, int copies) {
        INDArray features = subject.features(batch);
        double objects = objects(subject, copies);
        CountedMemory.settle();
        double arrays = CountedMemory.peak(() -> {
            ImplicitNetwork converted = subject.convert();
            for (int i = 0; i < OUTPUTS; i++) {
                converted.output(features).close();
            }
        });
        double parameters = bytes(subject, subject.model().numParams());
        double states = bytes(subject, (long) subject.convert().model().states() * batch);
        String what = subject.name() + ", batch " + batch;
        return List.of(
                Row.told(what + ": parameters", parameters / MEGABYTE, "MB"),
                Row.told(what + ": states", states / MEGABYTE, "MB"),
                Row.told(what + ": arrays at most, in conversion and outputs", arrays / MEGABYTE, "MB"),
                Row.told(what + ": objects on the heap", objects / MEGABYTE, "MB"),
                Row.asked(
                        what + ": both over parameters and states",
                        Bound.atMost(1.3),
                        (arrays + objects) / (parameters + states),
                        "x"));
    }

    /** The bytes that one converted network has on the heap, from many of them. */
    private static double objects(Subject subject, int copies) {
        subject.convert();
        CountedMemory.settle();
        long before = CountedMemory.heap();
        List<ImplicitNetwork> held =
                IntStream.range(0, copies).mapToObj(i -> subject.convert()).toList();
        CountedMemory.settle();
        return Math.max(0, CountedMemory.heap() - before) / (double) held.size();
    }

    private static double bytes(Subject subject, long numbers) {
        return (double) numbers * subject.model().params().dataType().width();
    }
}
