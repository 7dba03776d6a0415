package org.implicitdl.zoo.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.implicitdl.zoo.bench.convert.ConvertBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit bench convert}: what conversion and converted networks cost. */
@Command(
        name = "convert",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure converted networks.",
            "",
            "Times of their outputs against those of the networks that they were made of; times of the conversion against"
                    + " those of a clone; memory against the parameters and states; ResNet50 in a process of its own;"
                    + " more architectures of Deeplearning4j's zoo; all with random parameters. By how much the exact"
                    + " reductions of a trained LeNet change its outputs.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  bench-convert.csv  measurement, what, asked, found, unit, verdict",
            "  bench-convert.md   the same as tables, with the machine",
            "",
            "All measurements take about seven minutes. Tasks that are compared take turns; the least time of many rounds"
                    + " counts, and how far the median lies above it tells the noise."
        })
final class BenchConvertCommand implements Callable<Integer> {
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
            return ConvertBenchmark.create().names().iterator();
        }
    }

    @Override
    public Integer call() {
        return options.run(ConvertBenchmark.create(), only, spec);
    }
}
