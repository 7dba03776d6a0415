package org.implicitdl.zoo.bench.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.bench.ProcessorTime;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.race.Accuracy;
import org.implicitdl.zoo.report.Statistics;

/**
 * What one training came to.
 *
 * @param network as it was trained
 * @param percent of the test images that it recognizes
 * @param seconds of wall time that the training took
 * @param processorSeconds that all threads of the process worked meanwhile
 */
record Outcome(MultiLayerNetwork network, double percent, double seconds, double processorSeconds) {

    /** Trains a network and tests it; only the training counts as time. */
    static Outcome of(MultiLayerNetwork network, Runnable training, ImageSet test) {
        long start = System.nanoTime();
        double processor = ProcessorTime.seconds();
        training.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double processorSeconds = ProcessorTime.seconds() - processor;
        return new Outcome(network, 100 * Accuracy.of(network, test), seconds, processorSeconds);
    }

    /** One of their numbers, seed by seed. */
    static Statistics statistics(List<Outcome> outcomes, ToDoubleFunction<Outcome> number) {
        return Statistics.of(outcomes.stream().mapToDouble(number).toArray());
    }
}
