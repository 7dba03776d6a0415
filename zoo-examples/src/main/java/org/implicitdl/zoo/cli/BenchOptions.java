package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.implicitdl.zoo.bench.Benchmark;
import org.implicitdl.zoo.bench.BenchmarkResults;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Race;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every benchmark can be told, and how it runs. */
final class BenchOptions {
    @Option(names = "--quick", description = "Small sizes and few rounds: seconds, and figures that say little.")
    private boolean quick;

    @Mixin
    private ThreadOption threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/bench",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    /**
     * Runs a benchmark, prints its tables and writes its files.
     *
     * @param only the names of the measurements that are wanted; all if there is none
     */
    int run(Benchmark benchmark, List<String> only, CommandSpec spec) {
        check(benchmark, only, spec);
        OutputFolder folder = OutputFolder.open(out);
        threads.use();
        Benchmark chosen = benchmark.only(only);
        BenchmarkResults results;
        try (Progress progress = Progress.onConsole(
                "bench " + benchmark.name(), chosen.measurements().size())) {
            results = chosen.run(new Effort(quick, threads.count()), progress);
        }
        PrintWriter console = spec.commandLine().getOut();
        results.entries().forEach(entry -> console.println(entry.table().toText()));
        results.write(folder, circumstances(results)).forEach(file -> console.println("wrote " + file));
        console.println(results.missed() == 0 ? "All that is asked is met." : results.missed() + " missed.");
        console.flush();
        return 0;
    }

    private void check(Benchmark benchmark, List<String> only, CommandSpec spec) {
        threads.check(new Requirement(spec.commandLine()));
        for (String name : only) {
            if (!benchmark.names().contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no measurement '" + name + "' for --only; there are "
                                + String.join(", ", benchmark.names()));
            }
        }
    }

    private List<String> circumstances(BenchmarkResults results) {
        return List.of(
                threads.description() + "; times are " + Race.clock(results.effort()) + " unless they say otherwise",
                Machine.description(),
                quick ? "A quick run: small sizes and few rounds" : "A full run");
    }
}
