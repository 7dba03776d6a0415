package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.certify.CertifiedRadius;
import org.implicitdl.convert.certify.ProjectedGradientAttack;
import org.implicitdl.convert.certify.RobustnessCurve;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.zoo.convert.RobustnessReport;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit certify}: how far images may change before a network is no longer proven to recognize them. */
@Command(
        name = "certify",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prove how many images a network recognizes whatever happens to each pixel within sigma.",
            "",
            "Pixels lie between 0 and 1. A network that reduce wrote for fewer inputs is refused, since what is proven"
                    + " of it would not be true of its original.",
            "",
            ModelOptions.ABOUT_ANY,
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  certified.png   what is proven right, and right under attack, by sigma",
            "  certified.csv   the same as numbers",
            "  certified.md    the same as a table"
        })
final class CertifyCommand implements Callable<Integer> {
    private static final double DARKEST = 0;
    private static final double BRIGHTEST = 1;
    private static final int STEPS = 5;
    private static final int BATCH = 20;
    private static final int ATTACK_STEPS = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--box",
            paramLabel = "SIGMA",
            defaultValue = "0.05",
            description = "The largest change of a pixel, whose range is 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double sigma;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many test images (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "results/certify",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path report;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        Requirement numbers = new Requirement(spec.commandLine());
        numbers.positive("--box", sigma);
        numbers.atLeastOne("--images", count);
        OutputFolder.requireUsable(report);
        ImplicitNetwork implicit = options.implicit(spec.commandLine());
        implicit.requireHoldsFor(InputBox.of(implicit.model().inputs(), DARKEST, BRIGHTEST));
        ImageSet images = options.images().test();
        INDArray u = implicit.columns(ModelOptions.features(images, count, implicit));
        double[] sigmas = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(k -> sigma * k / STEPS)
                .toArray();
        OutputFolder folder = OutputFolder.open(report);
        RobustnessCurve curve;
        try (Progress progress = Progress.onConsole("certify", (int) ((u.size(1) + BATCH - 1) / BATCH))) {
            curve = RobustnessCurve.of(
                    // Without the softmax, which does not change which output is the largest.
                    implicit.preOutput(),
                    u,
                    ModelOptions.labels(images, count),
                    sigmas,
                    CertifiedRadius.withDefaults()
                            .withLargest(sigma)
                            .withBatchSize(BATCH)
                            .withDomain(DARKEST, BRIGHTEST),
                    ProjectedGradientAttack.withDefaults()
                            .withSteps(ATTACK_STEPS)
                            .withStarts(1)
                            .withSeed(options.seed()),
                    (done, all) -> progress.step());
        }
        PrintWriter console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, "%s%n", RobustnessReport.table(curve).toText());
        String caption = String.format(Locale.ROOT, "%s, %,d test images", options.name(), u.size(1))
                + (implicit.domain().isEverything() ? "" : "; reduced for " + implicit.domain());
        console.println(caption);
        RobustnessReport.write(curve, caption, folder).forEach(file -> console.println("wrote " + file));
        return 0;
    }
}
