package org.implicitdl.zoo.bench.layer;

import java.util.List;
import org.implicitdl.zoo.bench.Benchmark;

/** The measurements of the implicit layer; a further one is a class and a line here. */
public final class LayerBenchmark {
    private LayerBenchmark() {}

    /** All measurements. */
    public static Benchmark create() {
        return new Benchmark(
                "layer",
                "The implicit layer, measured",
                List.of(
                        new ForwardSolve(),
                        new TrainingStep(),
                        new SmallBatch(),
                        new Evaluations(),
                        new ApproximateGradients(),
                        new WorkingMemory(),
                        new GradientChecks(),
                        new Soak()));
    }
}
