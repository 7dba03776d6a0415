package org.implicitdl.zoo.race.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.race.RaceSettings;
import org.implicitdl.zoo.race.Trainer;
import org.implicitdl.zoo.report.Decimal;

/** The race on one page of Markdown. */
public final class RaceSummary {
    private static final String HEAD = """
            # Trainers on %s, for the same time

            Each trainer has %s s of training for each network, in which it makes as many steps as it can: they get shorter
            with the share of the time that is used. How well a network recognizes the images is measured after every tenth
            of the time, off the clock. The one hyperparameter of a trainer is the one of its candidates that recognizes the
            most validation images in a training of half the time with a seed of its own; no test image plays a part in
            this. Further values are tried while the best one is the smallest or the largest, four at most.

            - %,d images for training, %,d for validation, %,d for the test; %s, from %d on; hyperparameters by seed %d
            - labels smoothed by %s, for all trainers alike
            """;

    private static final String READING = """
            ## How to read it

            - Accuracies are means over the seeds, ± standard deviations if there are several, when the time was over.
            - *seconds to* is the mean time until the accuracy on the test images that all networks of the table came to, in
              tenths of the time.
            - A setting marked with * is the smallest or the largest that was tried: a better one may lie beyond.
            - The lines of the figures are means over the seeds, their bands reach from the lowest to the highest.

            ## Files

            - `accuracy-seconds.png`, `accuracy-epochs.png`: the figures above
            - `curves.csv`: every network that counts, after every tenth of the time
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
        warning(results).ifPresent(warning -> text.append('\n').append(warning).append('\n'));
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
                seeds(results),
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
                "%n## %s: %s; %,d parameters%n%n%s",
                architecture.id(),
                architecture.description(),
                entrants.get(0).parameters(),
                OutcomeTable.of(results, architecture).toMarkdown());
    }

    private static String seeds(RaceResults results) {
        int finished = results.rounds().size();
        int planned = results.settings().seeds();
        return finished < planned
                ? finished + " of " + Count.of(planned, "seed") + ", as the race is not over"
                : Count.of(finished, "seed");
    }

    /** What to do where the time was too short to tell much; empty if it was not. */
    public static Optional<String> warning(RaceResults results) {
        return results.inAHurry().isEmpty()
                ? Optional.empty()
                : Optional.of("Fewer than five epochs fit into "
                        + Decimal.of(results.settings().seconds()) + " s of "
                        + results.inAHurry().stream()
                                .map(ready -> ready.entrant().name())
                                .collect(Collectors.joining("; "))
                        + ". With --seconds " + Decimal.of(results.enoughSeconds()) + " each would have five.");
    }
}
