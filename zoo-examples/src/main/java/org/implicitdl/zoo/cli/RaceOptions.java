package org.implicitdl.zoo.cli;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.RaceSettings;
import org.implicitdl.zoo.report.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that make a race of trainers of a command that trains one network. */
final class RaceOptions {
    private static final String TRAINER = "--trainer";
    private static final String NETWORK = "--network";
    private static final String SEEDS = "--seeds";
    private static final String SECONDS = "--seconds";
    private static final String CLOCK = "--clock";

    /** What a race decides itself. */
    private static final List<String> DECIDED_BY_THE_RACE =
            List.of("--epochs", "--batch", "--state", "--learning-rate", "--ui");

    private static final List<String> OF_THE_IMPLICIT_LAYER = List.of("--well-posed", "--kappa", "--solver");

    /** What the help text says about the files of a race. */
    static final String FILES = """

            Files of a comparison of trainers, in DIR:
              summary.md            tables, settings, how to read them
              accuracy-seconds.png  accuracy on the test images against seconds of training
              accuracy-epochs.png   the same against epochs
              curves.csv            every network after every tenth of its time
              search.csv            how the hyperparameters were chosen
            All are written whenever each trainer has trained one more network: an interruption loses no more than that.
            """;

    @Option(
            names = TRAINER,
            paramLabel = "NAME",
            split = ",",
            description = "Compare trainers, of ${COMPLETION-CANDIDATES}, by the accuracy that they come to in the same"
                    + " time; each with the best of some learning rates, or step lengths, on the images for validation"
                    + " (default: train one network by Adam).")
    private List<TrainerChoice> trainers = List.of();

    @Option(
            names = NETWORK,
            paramLabel = "dense|implicit|both",
            defaultValue = "both",
            description = "With --trainer: 300 hidden units between dense layers, an implicit layer with as many"
                    + " parameters, or both (default: ${DEFAULT-VALUE}).")
    private NetworkChoice network;

    @Option(
            names = SEEDS,
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "With --trainer: networks for each trainer, trained with the seeds after --seed; --seed itself"
                            + " is for the choice of learning rates (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = SECONDS,
            paramLabel = "T",
            description = "With --trainer: seconds of training for each network (default: 30, without --data 5).")
    private Double seconds;

    @Option(
            names = CLOCK,
            paramLabel = "wall|processor",
            defaultValue = "wall",
            description =
                    "With --trainer: seconds that pass, or seconds that a processor works, which other programs disturb"
                            + " less (default: ${DEFAULT-VALUE}).")
    private Clock clock;

    /** What counts as time. */
    Clock clock() {
        return clock;
    }

    /** Whether a race is asked for. */
    boolean isRace() {
        return !trainers.isEmpty();
    }

    /**
     * Refuses options that do not belong to what is asked for, and values that are none.
     *
     * @throws ParameterException naming the option
     */
    void check(int threads, CommandLine line) {
        if (isRace()) {
            refuse(line, DECIDED_BY_THE_RACE, "plays no part in a comparison of trainers by --trainer");
            if (network == NetworkChoice.DENSE) {
                refuse(line, OF_THE_IMPLICIT_LAYER, "says nothing of dense layers, which --network asks for");
            }
        } else {
            refuse(
                    line,
                    List.of(NETWORK, SEEDS, SECONDS, CLOCK),
                    "is for comparisons of trainers, and there is no --trainer");
        }
        if (clock == Clock.PROCESSOR && threads > 1) {
            throw new ParameterException(
                    line,
                    "The option " + CLOCK + " processor counts the time of one thread, but --threads is " + threads
                            + "; leave one of them out");
        }
        Requirement numbers = new Requirement(line);
        numbers.atLeastOne(SEEDS, seeds);
        if (seconds != null) {
            numbers.positive(SECONDS, seconds);
        }
        trainers.forEach(trainer -> trainer.requireUsable(line, TRAINER));
        if (TrainerChoice.areRepeated(trainers)) {
            throw new ParameterException(
                    line, "The option " + TRAINER + " takes different trainers, but got " + trainers);
        }
    }

    private static void refuse(CommandLine line, List<String> options, String reason) {
        for (String option : options) {
            if (line.getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(line, "The option " + option + " " + reason + "; leave it out");
            }
        }
    }

    /**
     * The race.
     *
     * @param settings of the implicit layer, the activation of both networks, and the seed
     * @param usualSeconds the time if none is given
     */
    RaceSettings settings(ClassifierSettings settings, ImageSet images, double usualSeconds) {
        List<Entrant> entrants = new ArrayList<>();
        for (Architecture architecture : network.architectures(settings, images)) {
            trainers.forEach(trainer -> entrants.add(new Entrant(architecture, trainer.racer())));
        }
        return new RaceSettings(entrants, seconds == null ? usualSeconds : seconds, seeds, settings.seed());
    }
}
