package org.implicitdl.zoo.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.implicitdl.zoo.bench.layer.LayerBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit bench layer}: what the implicit layer costs, and whether its gradients are right. */
@Command(
        name = "layer",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure the implicit layer.",
            "",
            "Times of a forward solve, a training step and a single sample, against the bare products in them or a dense"
                    + " layer; evaluations of the solvers; gradients against finite differences and against each"
                    + " other; memory at tight tolerances and over many iterations.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  bench-layer.csv   measurement, what, asked, found, unit, verdict",
            "  bench-layer.md    the same as tables, with the machine",
            "",
            "All measurements take about ten minutes. Tasks that are compared take turns; the least time of many rounds"
                    + " counts, and how far the median lies above it tells the noise."
        })
final class BenchLayerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these measurements, of ${COMPLETION-CANDIDATES} (default: all).",
            completionCandidates = Names.class)
    private List<String> only = List.of();

    @Mixin
    private BenchOptions options;

    @Mixin
    private Verbosity verbosity;

    /** What {@code --only} takes, for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LayerBenchmark.create().names().iterator();
        }
    }

    @Override
    public Integer call() {
        return options.run(LayerBenchmark.create(), only, spec);
    }
}
