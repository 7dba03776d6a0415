package org.implicitdl.zoo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSplit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit mnist}: a network with an implicit layer on MNIST, or a race of trainers. */
@Command(
        name = "mnist",
        versionProvider = Version.class,
        defaultValueProvider = MnistCommand.Defaults.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Train a Deeplearning4j network with an implicit layer on MNIST, or compare trainers on it.",
            "",
            "Images of 28 by 28 pixels, a tenth of the training set held out for validation. The equation of the layer is"
                    + " certified to have one solution after every update.",
            ""
        },
        footer = {
            ClassifierOptions.FILES,
            RaceOptions.FILES,
            "Without --data the first 4,000 training and 1,000 test images are used, which are shipped: less than a minute.",
            "All of MNIST takes some minutes. A comparison takes 5 to 7 times --seconds for each trainer and kind of"
                    + " network if there are three seeds, and the time of measuring: of two trainers a quarter of an hour,"
                    + " without --data two or three minutes."
        })
final class MnistCommand implements Callable<Integer> {
    private static final double SECONDS = 30;
    private static final double SECONDS_OF_A_PART = 5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Folder with MNIST's four IDX files, such as train-images-idx3-ubyte, plain or gzipped (default:"
                            + " the small part that is shipped).")
    private Path data;

    @Mixin
    private RaceOptions race;

    @Mixin
    private ClassifierOptions options;

    @Mixin
    private Verbosity verbosity;

    /** The defaults of this command. */
    static final class Defaults extends ClassifierOptions.Defaults {
        Defaults() {
            super(ClassifierSettings.mnist(), "results/mnist");
        }
    }

    @Override
    public Integer call() throws IOException {
        ClassifierRun run = new ClassifierRun(spec.commandLine(), options);
        ClassifierSettings settings = run.settings();
        race.check(options.threads().count(), spec.commandLine());
        ImageSplit images =
                data == null ? ImageData.mnistSubset(settings.seed()) : ImageData.mnist(data, settings.seed());
        return race.isRace()
                ? new RaceRun(spec.commandLine(), options, race)
                        .run(settings, images, data == null ? SECONDS_OF_A_PART : SECONDS)
                : run.run(settings, images);
    }
}
