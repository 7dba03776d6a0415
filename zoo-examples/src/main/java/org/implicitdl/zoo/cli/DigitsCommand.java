package org.implicitdl.zoo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code implicit digits}: a network with an implicit layer on the UCI digits, which are shipped. */
@Command(
        name = "digits",
        versionProvider = Version.class,
        defaultValueProvider = DigitsCommand.Defaults.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Train a Deeplearning4j network with an implicit layer on the UCI digits.",
            "",
            "The 1,797 images of 8 by 8 pixels are shipped; the seed decides which are for training, validation and test."
                    + " The equation of the layer is certified to have one solution after every update.",
            ""
        },
        footer = {ClassifierOptions.FILES, "The default takes less than a minute on two cores."})
final class DigitsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClassifierOptions options;

    @Mixin
    private Verbosity verbosity;

    /** The defaults of this command. */
    static final class Defaults extends ClassifierOptions.Defaults {
        Defaults() {
            super(ClassifierSettings.digits(), "results/digits");
        }
    }

    @Override
    public Integer call() throws IOException {
        ClassifierRun run = new ClassifierRun(spec.commandLine(), options);
        ClassifierSettings settings = run.settings();
        return run.run(settings, ImageData.digits(settings.seed()));
    }
}
