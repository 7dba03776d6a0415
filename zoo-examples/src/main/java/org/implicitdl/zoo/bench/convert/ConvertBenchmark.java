package org.implicitdl.zoo.bench.convert;

import java.util.List;
import org.implicitdl.zoo.bench.Benchmark;

/** The measurements of conversion; a further one is a class and a line here. */
public final class ConvertBenchmark {
    private ConvertBenchmark() {}

    /** All measurements. */
    public static Benchmark create() {
        return new Benchmark(
                "convert",
                "Converted networks, measured",
                List.of(
                        new OutputTime(),
                        new ConversionTime(),
                        new WorkingMemory(),
                        new ExactReduction(),
                        new FreshProcess(),
                        new ZooArchitectures()));
    }
}
