package org.implicitdl.zoo.cli;

import java.util.List;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.HiddenLayers;
import org.implicitdl.zoo.fit.ImplicitStates;
import org.implicitdl.zoo.fit.NetworkShape;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which trainer finds the weights, and how it is set. */
final class TrainerOptions {
    private static final int BATCH = 32;
    private static final String SWEEPS = "--sweeps";
    private static final String RIDGE = "--ridge";
    private static final String POLISH = "--polish";
    private static final String SIZE = "--batch";
    private static final List<String> OF_BACK_PROPAGATION = List.of("--epochs", "--learning-rate");

    @Option(
            names = "--trainer",
            paramLabel = "NAME",
            defaultValue = "bcd",
            description = "bcd, block coordinate descent without gradients of the network; or back-propagation by sgd,"
                    + " nesterovs, adagrad, rmsprop, adam, amsgrad, nadam or adamax (default:"
                    + " ${DEFAULT-VALUE}).")
    private TrainerChoice trainer;

    @Option(
            names = SWEEPS,
            paramLabel = "N",
            defaultValue = "20",
            description = "Of bcd: passes over all rows (default: ${DEFAULT-VALUE}).")
    private int sweeps;

    @Option(
            names = RIDGE,
            paramLabel = "R",
            defaultValue = "0.1",
            description = "Of bcd on all rows at once: the penalty on weights, against fitting by heart (default:"
                    + " ${DEFAULT-VALUE}).")
    private double ridge;

    @Option(
            names = POLISH,
            paramLabel = "N",
            defaultValue = "0",
            description = "Of bcd on all rows at once: Levenberg-Marquardt steps after the sweeps, at most, for what"
                    + " features say together and for an exact fit (default: ${DEFAULT-VALUE}).")
    private int polish;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of back-propagation: how often each row is seen (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = SIZE,
            paramLabel = "N",
            description =
                    "Rows for one update (default: 32); 250 is faster for tables of many thousand rows. Without this"
                            + " option bcd takes all rows at once with --states, --hidden 0, --ridge or --polish.")
    private Integer batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "Of back-propagation (default: 0.05 for sgd and adagrad, 0.005 for nesterovs and adamax,"
                    + " otherwise 0.003).")
    private Double learningRate;

    /**
     * What was chosen, once the numbers are what they must be.
     *
     * @throws ParameterException also if an option plays no part in what was chosen
     */
    TrainerSettings settings(NetworkShape shape, CommandLine line) {
        trainer.requireUsable(line, "--trainer");
        Requirement numbers = new Requirement(line);
        if (batch != null) {
            numbers.atLeastOne(SIZE, batch);
        }
        return trainer.isBackPropagation() ? backPropagation(numbers) : blockDescent(shape, numbers);
    }

    private TrainerSettings backPropagation(Requirement numbers) {
        refuse(List.of(SWEEPS, RIDGE, POLISH), "in back-propagation", numbers.line());
        numbers.atLeastOne("--epochs", epochs);
        double rate = learningRate == null ? trainer.learningRate() : learningRate;
        numbers.positive("--learning-rate", rate);
        return new BackPropagationSettings(trainer.updater(rate), epochs, batch == null ? BATCH : batch);
    }

    private TrainerSettings blockDescent(NetworkShape shape, Requirement numbers) {
        refuse(OF_BACK_PROPAGATION, "in block coordinate descent", numbers.line());
        numbers.atLeastOne(SWEEPS, sweeps);
        numbers.positive(RIDGE, ridge);
        numbers.notNegative(POLISH, polish);
        if (batch != null) {
            refuse(List.of(POLISH, RIDGE), "in block coordinate descent by batches", numbers.line());
            return FitSettings.byBatches().withEpochs(sweeps).withBatchSize(batch);
        }
        if (shape instanceof ImplicitStates) {
            return ImplicitBcdSettings.withDefaults()
                    .withSweeps(sweeps)
                    .withRidge(ridge)
                    .withPolishSteps(polish);
        }
        boolean linear = shape instanceof HiddenLayers layers && layers.widths().isEmpty();
        return linear || isGiven(RIDGE, numbers.line()) || isGiven(POLISH, numbers.line())
                ? BcdSettings.withDefaults().withSweeps(sweeps).withRidge(ridge).withPolishSteps(polish)
                : FitSettings.byBatches().withEpochs(sweeps);
    }

    private static boolean isGiven(String option, CommandLine line) {
        return line.getParseResult().hasMatchedOption(option);
    }

    private static void refuse(List<String> options, String where, CommandLine line) {
        for (String option : options) {
            if (isGiven(option, line)) {
                throw new ParameterException(
                        line, "The option " + option + " plays no part " + where + "; leave it out");
            }
        }
    }
}
