package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Training for a while, with the memory on the heap and off it as lines through samples after garbage collections. */
final class Soak implements Measurement {
    private static final int CLASSES = 10;
    private static final int LONG_RUN = 100_000;
    private static final double MEGABYTE = 1e6;
    private static final int SLICES = 40;
    private static final int FEWEST_SLICES = 6;

    private record Sample(int iteration, double heap, double tracked, double resident) {}

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String description() {
        return "Growth of memory in training, extrapolated to 100,000 iterations (n = 32, batch 16, Adam)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        TimedLayer timed = TimedLayer.of(false, 32, 16, 16);
        MultiLayerNetwork network = timed.classifier(CLASSES, new Adam(1e-3));
        DataSet data = new DataSet(timed.features(), new Draws(29, DataType.FLOAT).labels(16, CLASSES));
        double slice = effort.quick() ? 0.02 : 1.5;
        int iteration = 0;
        List<Sample> samples = new ArrayList<>();
        // The first half is for compilers and caches to settle.
        int slices = effort.size(SLICES, FEWEST_SLICES);
        for (int i = 0; i < slices; i++) {
            iteration += train(network, data, slice);
            if (i >= slices / 2) {
                samples.add(sample(iteration));
            }
        }
        return List.of(
                Row.told("iterations", iteration, ""),
                growth("heap after collection", samples, Sample::heap),
                growth("arrays off the heap, counted by JavaCPP", samples, Sample::tracked),
                growth("resident set", samples, Sample::resident));
    }

    private static Row growth(String what, List<Sample> samples, ToDoubleFunction<Sample> of) {
        return Row.asked(what, Bound.atMost(10), slope(samples, of) * LONG_RUN / MEGABYTE, "MB");
    }

    private static int train(MultiLayerNetwork network, DataSet data, double seconds) {
        long end = System.nanoTime() + (long) (1e9 * seconds);
        int count = 0;
        while (System.nanoTime() < end) {
            network.fit(data);
            count++;
        }
        return count;
    }

    private static Sample sample(int iteration) {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new Sample(
                iteration,
                runtime.totalMemory() - (double) runtime.freeMemory(),
                Pointer.totalBytes(),
                Pointer.physicalBytes());
    }

    /** The slope of the line of least squares. */
    private static double slope(List<Sample> samples, ToDoubleFunction<Sample> of) {
        double middle = samples.stream().mapToInt(Sample::iteration).average().orElseThrow();
        double top = samples.stream()
                .mapToDouble(sample -> (sample.iteration() - middle) * of.applyAsDouble(sample))
                .sum();
        return top
                / samples.stream()
                        .mapToDouble(sample -> Math.pow(sample.iteration() - middle, 2))
                        .sum();
    }
}
