package org.implicitdl.zoo.race.report;

import java.util.List;
import java.util.Locale;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.race.RaceSettings;
import org.implicitdl.zoo.race.Trainer;
import org.implicitdl.zoo.report.Decimal;

/** The race on one page of Markdown. */
final class RaceSummary {
    private static final String HEAD = """
            # Trainers on %s, for the same time

            Each trainer has %s s of training for each network. How well a network recognizes the images is measured after
            every epoch, off the clock. The one hyperparameter of a trainer is the one of its candidates that recognizes the
            most validation images in a training of half the time with a seed of its own; no test image plays a part in
            this. The number of epochs, which the falling steps need to know, is what fits into the time by the epochs that
            were measured then.

            - %,d images for training, %,d for validation, %,d for the test; %d seeds, from %d on; hyperparameters by seed %d
            - labels smoothed by %s, for all trainers alike
            """;

    private static final String READING = """
            ## How to read it

            - Accuracies are means ± standard deviations over the seeds, at the last epoch that ended within the time.
            - *seconds to* is the mean time until the accuracy on the test images that all networks of the table came to.
            - A setting marked with * is the smallest or the largest that was tried: a better one may lie beyond.
            - The lines of the figures are means over the seeds, their bands reach from the lowest to the highest.

            ## Files

            - `accuracy-seconds.png`, `accuracy-epochs.png`: the figures above
            - `curves.csv`: every epoch of every network that counts
            - `search.csv`: every value of a hyperparameter that was tried
            """;

    private RaceSummary() {}

    static String markdown(RaceResults results, List<String> circumstances) {
        StringBuilder text = new StringBuilder(head(results));
        results.entrants().stream()
                .map(ready -> ready.entrant().trainer())
                .distinct()
                .forEach(trainer -> text.append(line(trainer)));
        circumstances.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n![Accuracy against seconds](accuracy-seconds.png)\n\n")
                .append("![Accuracy against epochs](accuracy-epochs.png)\n");
        results.architectures().forEach(architecture -> text.append(section(results, architecture)));
        text.append("\n## The choice of hyperparameters, on the validation images\n\n")
                .append(SearchTable.of(results.entrants()).toMarkdown())
                .append('\n')
                .append(READING);
        return text.toString();
    }

    private static String head(RaceResults results) {
        ImageSplit images = results.images();
        RaceSettings settings = results.settings();
        return String.format(
                Locale.ROOT,
                HEAD,
                images.name(),
                Decimal.of(settings.seconds()),
                images.train().size(),
                images.validation().size(),
                images.test().size(),
                settings.seeds(),
                settings.seed() + 1,
                settings.seed(),
                Decimal.of(Entrant.SMOOTHING));
    }

    private static String line(Trainer trainer) {
        return "- " + trainer.id() + ": " + trainer.description() + "\n";
    }

    private static String section(RaceResults results, Architecture architecture) {
        List<Prepared> entrants = results.of(architecture);
        return String.format(
                Locale.ROOT,
                "%n## %s: %s; %,d parameters%n%n%s%s",
                architecture.id(),
                architecture.description(),
                entrants.get(0).parameters(),
                OutcomeTable.of(results, architecture).toMarkdown(),
                entrants.stream().anyMatch(ready -> takesTooLong(results, ready))
                        ? "\nAn epoch can take longer than the time of the race; what the first one came to then counts.\n"
                        : "");
    }

    private static boolean takesTooLong(RaceResults results, Prepared ready) {
        return results.reached(ready).stream()
                .anyMatch(point -> point.seconds() > results.settings().seconds());
    }
}
