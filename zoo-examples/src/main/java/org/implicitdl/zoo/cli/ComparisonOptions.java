package org.implicitdl.zoo.cli;

import java.time.Duration;
import java.util.List;
import org.implicitdl.zoo.compare.ComparisonSettings;
import org.implicitdl.zoo.compare.search.SearchBudget;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which trainers are compared, and how thoroughly. */
final class ComparisonOptions {
    private static final double MILLISECONDS = 60_000;

    @Option(
            names = "--trainers",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "bcd,rmsprop",
            description = "Two or more trainers, the first of which is compared with each of the others:"
                    + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<TrainerChoice> trainers;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "10",
            description = "Candidates of each trainer in each split (default: ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "10",
            description = "Minutes for all searches together, equal for all trainers and splits; a candidate that has"
                    + " begun is finished (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--splits",
            paramLabel = "K",
            defaultValue = "10",
            description = "Splits of the cross-validation, at least 2 (default: ${DEFAULT-VALUE}).")
    private int splits;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * What was chosen.
     *
     * @throws ParameterException if a number is not what it must be, or there are not two trainers
     */
    ComparisonSettings settings(CommandLine line) {
        Requirement numbers = new Requirement(line);
        numbers.atLeastOne("--candidates", candidates);
        numbers.positive("--minutes", minutes);
        if (splits < 2) {
            throw new ParameterException(line, "The number for --splits must be at least 2, but is " + splits);
        }
        if (trainers.size() < 2 || TrainerChoice.areRepeated(trainers)) {
            throw new ParameterException(
                    line, "The option --trainers takes two or more different trainers, but got " + trainers);
        }
        trainers.forEach(trainer -> trainer.requireUsable(line, "--trainers"));
        return new ComparisonSettings(
                trainers.stream().map(TrainerChoice::contender).toList(),
                new SearchBudget(candidates, timeOfASearch()),
                splits,
                seed);
    }

    private Duration timeOfASearch() {
        return Duration.ofMillis(Math.max(1, Math.round(MILLISECONDS * minutes / (trainers.size() * splits))));
    }
}
