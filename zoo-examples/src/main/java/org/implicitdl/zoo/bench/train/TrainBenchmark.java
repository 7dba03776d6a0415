package org.implicitdl.zoo.bench.train;

import java.util.List;
import org.implicitdl.zoo.bench.Benchmark;
import org.implicitdl.zoo.data.ImageSplit;

/** The measurements of trainers; a further one is a class and a line here. */
public final class TrainBenchmark {
    private TrainBenchmark() {}

    /** All measurements, on images such as MNIST's. */
    public static Benchmark create(ImageSplit images) {
        return new Benchmark(
                "train",
                "Trainers on " + images.name() + ", measured",
                List.of(
                        new MinibatchRace(images),
                        new ImplicitAccuracy(images),
                        new DescentProfile(images),
                        new SweepAccuracy(images)));
    }
}
