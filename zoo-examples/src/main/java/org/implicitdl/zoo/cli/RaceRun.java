package org.implicitdl.zoo.cli;

import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.implicitdl.text.Count;
import org.implicitdl.train.UnsupportedNetworkException;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.race.RaceSettings;
import org.implicitdl.zoo.race.Track;
import org.implicitdl.zoo.race.TrainerRace;
import org.implicitdl.zoo.race.report.OutcomeTable;
import org.implicitdl.zoo.race.report.RaceReport;
import org.implicitdl.zoo.race.report.RaceSummary;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A race of trainers, from the options to the files. */
record RaceRun(CommandLine line, ClassifierOptions options, RaceOptions race) {

    /**
     * Trains, compares and writes; returns the exit code.
     *
     * @param seconds of training for each network, if the user says nothing of it
     */
    int run(ClassifierSettings classifier, ImageSplit images, double seconds) {
        options.threads().use();
        RaceSettings settings = settings(classifier, images, seconds);
        OutputFolder folder = OutputFolder.open(options.out());
        say(
                "%,d training, %,d validation and %,d test images of %s; %s of %s s and their preparation take"
                        + " about %,.0f s of training, and more where the best setting lies at the edge of those tried;"
                        + " results go to %s%n",
                images.train().size(),
                images.validation().size(),
                images.test().size(),
                images.name(),
                Count.of(settings.entrants().size() * settings.seeds(), "training"),
                Decimal.of(settings.seconds()),
                settings.totalSeconds(),
                options.out());
        List<String> circumstances = List.of(
                options.threads().description() + "; seconds are "
                        + race.clock().description(),
                Machine.description());
        RaceResults results;
        try (Progress progress = Progress.onConsole(line.getCommandName(), settings.trainings())) {
            results = TrainerRace.run(
                    settings,
                    new Track(images, race.clock(), progress),
                    sofar -> RaceReport.write(sofar, circumstances, folder));
        }
        results.architectures().forEach(architecture -> print(results, architecture));
        RaceSummary.warning(results).ifPresent(warning -> say("%s%n%n", warning));
        RaceReport.FILES.forEach(file -> say("wrote %s%n", options.out().resolve(file)));
        return 0;
    }

    private RaceSettings settings(ClassifierSettings classifier, ImageSplit images, double seconds) {
        try {
            RaceSettings settings = race.settings(classifier, images.train(), seconds);
            TrainerRace.check(settings, images);
            return settings;
        } catch (DL4JInvalidConfigException | UnsupportedNetworkException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    private void print(RaceResults results, Architecture architecture) {
        say(
                "%n%s: %s; %,d parameters%n%n%s%n",
                architecture.id(),
                architecture.description(),
                results.of(architecture).get(0).parameters(),
                OutcomeTable.of(results, architecture).toText());
    }

    private void say(String pattern, Object... arguments) {
        new Messages(line).say(pattern, arguments);
    }
}
