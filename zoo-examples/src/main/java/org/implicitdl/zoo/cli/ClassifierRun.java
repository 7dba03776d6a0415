package org.implicitdl.zoo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.implicitdl.layer.ui.TrainingUi;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.classify.ImageClassification;
import org.implicitdl.zoo.classify.report.ClassificationReport;
import org.implicitdl.zoo.classify.report.ClassificationTables;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Progress;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the commands that train a network with an implicit layer have in common: from the options to the files. */
record ClassifierRun(CommandLine line, ClassifierOptions options) {
    private static final int UI_FREQUENCY = 5;

    /** The settings, before anything takes time. */
    ClassifierSettings settings() {
        return options.settings(new Requirement(line));
    }

    /** Trains, tests and writes; returns the exit code. */
    int run(ClassifierSettings settings, ImageSplit images) throws IOException {
        options.threads().use();
        ImageClassification classification = classification(settings, images);
        OutputFolder folder = OutputFolder.open(options.out());
        if (options.uiPort().isEmpty()) {
            run(classification, images, folder, List.of());
            return 0;
        }
        try (TrainingUi ui = TrainingUi.open(options.uiPort().getAsInt())) {
            say("Training UI: %s, its page of the implicit layer: %s%n", ui.address(), ui.layersAddress());
            run(classification, images, folder, ui.listeners(UI_FREQUENCY));
            new Messages(line).keepOpen("The training UI");
        }
        return 0;
    }

    private ImageClassification classification(ClassifierSettings settings, ImageSplit images) {
        try {
            return ImageClassification.create(settings, images);
        } catch (DL4JInvalidConfigException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    private void run(
            ImageClassification classification,
            ImageSplit images,
            OutputFolder folder,
            List<TrainingListener> listeners) {
        say(
                "%,d training, %,d validation and %,d test images of %s; results go to %s%n",
                images.train().size(), images.validation().size(), images.test().size(), images.name(), options.out());
        ClassificationResults results;
        try (Progress progress = Progress.onConsole(line.getCommandName(), classification.steps())) {
            results = classification.run(progress, listeners);
        }
        List<Path> files = ClassificationReport.write(
                results, List.of(options.threads().description(), Machine.description()), folder);
        say("%n%s%n", ClassificationTables.epochs(results).toText());
        say("Test accuracy: %s%n%n", Percent.of(results.test().accuracy()));
        files.forEach(file -> say("wrote %s%n", file));
    }

    private void say(String pattern, Object... arguments) {
        new Messages(line).say(pattern, arguments);
    }
}
